"""Pieces of a compressed body in; pieces of the body out, never more of it than is allowed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from askworthy.company.collect.failures import FetchFailed

PIECE_BYTES = 1 << 16
CODINGS = "gzip, deflate, br"
Decode = Callable[[bytes], Iterator[bytes]]


def decoder(coding: str) -> Decode:
    """The decoder of a Content-Encoding; what it yields is at most 64 KiB a piece, made only as it is asked for.

    Raises:
        FetchFailed: The coding was not asked for, or there are several, as in a bomb within a bomb.
    """
    match coding.strip().lower():
        case "" | "identity":
            return lambda piece: iter((piece,))
        case "gzip" | "x-gzip":
            return _zlib_decoder(zlib.MAX_WBITS | 16)
        case "deflate":
            return _deflate_decoder()
        case "br":
            return _brotli_decoder()
        case _:
            raise FetchFailed("bad_http", "its body is packed in a way that was not asked for")


def gunzip(data: bytes, limit: int) -> bytes:
    """Unpack a gzip file, up to a size.

    Raises:
        FetchFailed: It is damaged, or larger.
    """
    whole = bytearray()
    for piece in _zlib_decoder(zlib.MAX_WBITS | 16)(data):
        whole += piece
        if len(whole) > limit:
            raise FetchFailed("too_large", "larger than the limit once it is unpacked")
    return bytes(whole)


def _zlib_decoder(bits: int) -> Decode:
    state = zlib.decompressobj(bits)

    def decode(piece: bytes) -> Iterator[bytes]:
        try:
            while piece and not state.eof:
                if found := state.decompress(piece, PIECE_BYTES):
                    yield found
                piece = state.unconsumed_tail
        except zlib.error as error:
            raise FetchFailed("damaged", "its body cannot be unpacked") from error

    return decode


def _deflate_decoder() -> Decode:
    chosen: list[Decode] = []

    def decode(piece: bytes) -> Iterator[bytes]:
        if piece and not chosen:
            # Half of the servers that say deflate leave zlib's two bytes of header out.
            has_header = piece[0] & 0x0F == 8 and piece[0] >> 4 <= 7
            chosen.append(_zlib_decoder(zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS))
        return chosen[0](piece) if chosen else iter(())

    return decode


def _brotli_decoder() -> Decode:
    import brotli

    state = brotli.Decompressor()

    def decode(piece: bytes) -> Iterator[bytes]:
        try:
            while not state.is_finished():
                found = state.process(piece, output_buffer_limit=PIECE_BYTES)
                piece = b""
                if found:
                    yield found
                elif state.can_accept_more_data():
                    return
        except brotli.error as error:
            raise FetchFailed("damaged", "its body cannot be unpacked") from error

    return decode
