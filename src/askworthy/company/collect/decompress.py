"""Pieces of a compressed body in; pieces of the body out, never more of it than is allowed."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from askworthy.company.collect.failures import FetchFailed

PIECE_BYTES = 1 << 16
CODINGS = "gzip, deflate, br"
KNOWN = frozenset({
    "gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz", "exi", "aes128gcm",
    "pack200-gzip", "bzip2", "lzma", "xz",
})  # fmt: skip
MAX_MEMBERS = 10_000  # of one gzip file; empty ones cost time and come to no size
Decode = Callable[[bytes], Iterator[bytes]]


def decoder(coding: str) -> Decode:
    """The decoder of a Content-Encoding; what it yields is at most 64 KiB a piece, made only as it is asked for.

    Words that are no coding, as `none` or `UTF-8`, say nothing.

    Raises:
        FetchFailed: The coding was not asked for, or there are several, as in a bomb within a bomb.
    """
    match [name for one in coding.split(",") if (name := one.strip().lower()) in KNOWN]:
        case []:
            return lambda piece: iter((piece,))
        case ["gzip" | "x-gzip"]:
            return _zlib_decoder(zlib.MAX_WBITS | 16)
        case ["deflate"]:
            return _deflate_decoder()
        case ["br"]:
            return _brotli_decoder()
        case _:
            raise FetchFailed("bad_http", "its body is packed in a way that was not asked for")


def gunzip(data: bytes, limit: int) -> bytes:
    """Unpack a gzip file, up to a size.

    Raises:
        FetchFailed: It is damaged, or larger.
    """
    whole = bytearray()
    decode = _zlib_decoder(zlib.MAX_WBITS | 16)
    for start in range(0, len(data), PIECE_BYTES):
        for piece in decode(data[start : start + PIECE_BYTES]):
            whole += piece
            if len(whole) > limit:
                raise FetchFailed("too_large", "larger than the limit once it is unpacked")
    return bytes(whole)


def _zlib_decoder(bits: int) -> Decode:
    state, members = zlib.decompressobj(bits), 1
    goes_on = bits > zlib.MAX_WBITS  # a gzip file may have several members

    def decode(piece: bytes) -> Iterator[bytes]:
        nonlocal state, members, goes_on
        full = False
        try:
            while piece or full:
                if state.eof:
                    goes_on = goes_on and piece.startswith(b"\x1f")  # anything else after a member is padding
                    if not goes_on:
                        return
                    if members == MAX_MEMBERS:
                        raise FetchFailed("too_large", "packed in too many parts")
                    state, members = zlib.decompressobj(bits), members + 1
                if found := state.decompress(piece, PIECE_BYTES):
                    yield found
                full = len(found) == PIECE_BYTES and not state.eof  # there may be more inside
                piece = state.unused_data if state.eof else state.unconsumed_tail
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
