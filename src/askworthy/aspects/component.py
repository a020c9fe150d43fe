"""A spaCy document in; the same document with its aspect out.

spaCy finds `create` through the entry point `spacy_factories`, so nobody has to import this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property
from itertools import islice
from pathlib import Path

from spacy.language import Language  # noqa: TID253 - a factory has to be registered with spaCy
from spacy.tokens import Doc  # noqa: TID253

from askworthy.aspects.labeller import Labeller
from askworthy.inference.encoder import load_question_encoder

NAME = "askworthy_aspects"


@Language.factory(NAME, default_config={"aspects": None}, assigns=["doc.cats", "doc._.aspect"])
def create(nlp: Language, name: str, aspects: str | None) -> AspectComponent:
    """Make the component: `nlp.add_pipe("askworthy_aspects", config={"aspects": FOLDER})`."""
    return AspectComponent(aspects)


class AspectComponent:
    """Sets `doc.cats` to the probability of each class and `doc._.aspect` to the label.

    Args:
        aspects: Folder of a labeller from `askworthy train aspects`; None for the bundled one.
    """

    def __init__(self, aspects: str | None = None) -> None:
        self._folder = Path(aspects) if aspects else None
        self.encoder = load_question_encoder()
        if not Doc.has_extension("aspect"):
            Doc.set_extension("aspect", default=None)

    @cached_property
    def labeller(self) -> Labeller:
        """The labeller, read when first needed: a pipeline from disk brings its own, and the folder may be gone."""
        return Labeller.load(self._folder)

    def __call__(self, doc: Doc) -> Doc:
        """Label one document."""
        return self._label([doc])[0]

    def pipe(self, stream: Iterable[Doc], batch_size: int = 128) -> Iterator[Doc]:
        """Label a stream of documents, a batch at a time."""
        documents = iter(stream)
        while batch := list(islice(documents, batch_size)):
            yield from self._label(batch)

    def to_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> None:
        """Write the labeller into a pipeline's folder."""
        self.labeller.save(Path(path))

    def from_disk(self, path: str | Path, exclude: Iterable[str] = ()) -> AspectComponent:
        """Read the labeller back."""
        self.labeller = Labeller.load(Path(path))
        return self

    def _label(self, documents: list[Doc]) -> list[Doc]:
        self.labeller.check_encoder(self.encoder)
        texts = [document.text for document in documents]
        probabilities = self.labeller.probabilities(texts, self.encoder.encode(texts))
        for document, row, label in zip(documents, probabilities, self.labeller.labels(probabilities), strict=True):
            document.cats.update(zip(self.labeller.classes, map(float, row), strict=True))
            document._.aspect = label.aspect
        return documents
