import shutil
import ssl
import subprocess

import pytest
from server import resolve, settings

from askworthy.company.collect import transport
from askworthy.errors import BadCompany

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="there is no openssl to make a certificate with"
)


@pytest.fixture
def certificate(tmp_path):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=acme.test",
         "-addext", "subjectAltName=DNS:acme.test", "-keyout", "key.pem", "-out", "cert.pem"],
        cwd=tmp_path, check=True, capture_output=True,
    )  # fmt: skip
    return tmp_path / "cert.pem", tmp_path / "key.pem"


def test_a_checked_address_is_asked_under_its_name_and_the_certificate_must_be_the_names(
    server, run, certificate, monkeypatch, tmp_path
):
    from askworthy.company.collect import collect

    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    asked_for = []
    context.sni_callback = lambda socket, name, _: asked_for.append(name)
    server._http.socket = context.wrap_socket(server._http.socket, server_side=True)
    trusting = ssl.create_default_context(cafile=str(certificate[0]))
    monkeypatch.setattr(transport.CheckedTransport, "_context", lambda self, origin: trusting)
    server.put("/", "<main><p>A page with a sentence that is long enough to be read.</p></main>")
    url = server.url().replace("http:", "https:")
    assert collect(url, tmp_path / "a", settings=settings(server), resolve=resolve).pages == 1
    assert set(asked_for) == {"acme.test"} and {one.host for one in server.requests} == {"acme.test"}
    other = server.url(host="other.test").replace("http:", "https:")
    with pytest.raises(BadCompany, match="no secure connection"):
        collect(other, tmp_path / "b", settings=settings(server, tries=1), resolve=resolve)
    assert {one.host for one in server.requests} == {"acme.test"}
