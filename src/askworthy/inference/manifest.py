"""A model's name or folder in; its verified files out."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from askworthy.errors import BadModel, BadOutput

MANIFEST = "manifest.json"
MODELS = ("encoder", "answerability", "question-encoder", "duplicates", "aspects", "verdict")
_STORED_BY_HAND = {"CARD.md", "HISTORY.md"}  # prose beside the weights, kept when the weights are made again


def model_folder(name: str) -> Path:
    """Find a bundled model: inside the installed package, or at the top of a checkout.

    Raises:
        BadModel: It is in neither place.
    """
    for home in _homes():
        if (home / name / MANIFEST).is_file():
            return home / name
    raise BadModel(f"model {name!r} is not in {_homes()[0]}; install askworthy again")


def _homes() -> list[Path]:
    package = Path(str(files("askworthy")))
    return [package / "models", package.parent.parent / "models"]


@cache
def read_manifest(folder: Path) -> Mapping[str, Any]:
    """Read what a model folder says of itself, once its files are found to be whole.

    Raises:
        BadModel: The manifest, or a file it names, is missing or not what the manifest says.
    """
    path = folder / MANIFEST
    try:
        manifest: dict[str, Any] = json.loads(path.read_bytes())
        named = {str(name): str(sha256) for name, sha256 in manifest["files"].items()}
        if any(Path(name).name != name for name in named):
            raise ValueError("a file outside the folder is named")
    except FileNotFoundError as error:
        raise BadModel(f"no {MANIFEST} in {folder}; name a folder that askworthy wrote, or install it again") from error
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise BadModel(f"{path} is damaged ({error}); install askworthy again") from error
    for name, expected in named.items():
        found = _sha256(folder / name)
        if found != expected:
            raise BadModel(
                f"{folder / name} hashes to {found[:8]}, its manifest says {expected[:8]}; install askworthy again"
            )
    return manifest | {"hash": _sha256(path)}


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as data:
            return hashlib.file_digest(data, "sha256").hexdigest()
    except (OSError, ValueError) as error:  # ValueError: a name with a null in it
        raise BadModel(f"model file {path} is missing or unreadable; install askworthy again") from error


def check_model_target(target: Path) -> None:
    """Refuse a folder that cannot become a model's before the work, not after it: what lay in it would be lost.

    Raises:
        BadOutput: It is a file, the folder that one is in, or one that holds something else than a model; or it
            cannot be made.
    """
    try:
        if target.is_dir():
            if Path.cwd().resolve().is_relative_to(target.resolve()):
                raise BadOutput(f"cannot write {target}: it is the folder you are in, or above it; name a new folder")
            if any(target.iterdir()) and not (target / MANIFEST).is_file():
                raise BadOutput(f"cannot write {target}: it holds files that are no model's; name a new folder")
        elif target.exists():
            raise BadOutput(f"cannot write {target}: it is a file; name a new folder")
        home = next(one for one in target.absolute().parents if one.exists())
    except OSError as error:
        raise _refused(target, error.strerror or str(error)) from error
    if not home.is_dir():
        raise BadOutput(f"cannot write {target}: {home} is a file; name a new folder")
    if not os.access(home, os.W_OK):
        raise _refused(target, "permission denied")


def _refused(target: Path, reason: str) -> BadOutput:
    return BadOutput(f"cannot write {target}: {reason.lower()}; name a folder you can write to")


def write_model_folder(target: Path, contents: Mapping[str, bytes], facts: Mapping[str, Any]) -> None:
    """Write a model's files and their manifest aside, then put the folder in place of the old one.

    Raises:
        BadOutput: The folder cannot be written, or holds something else than a model.
    """
    check_model_target(target)
    read_manifest.cache_clear()
    manifest = dict(facts) | {"files": {name: hashlib.sha256(data).hexdigest() for name, data in contents.items()}}
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}."))
        try:
            aside.chmod(0o755)
            for name, data in contents.items():
                (aside / name).write_bytes(data)
            (aside / MANIFEST).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")
            for name in _STORED_BY_HAND:
                if (target / name).is_file():
                    shutil.copy2(target / name, aside / name)
            if target.exists():
                old = Path(tempfile.mkdtemp(dir=target.parent, prefix=f".{target.name}.")) / "old"
                os.rename(target, old)  # noqa: PTH104 - reads as the pair it makes with the next line
                os.rename(aside, target)  # noqa: PTH104
                shutil.rmtree(old.parent)
            else:
                aside.rename(target)
        finally:
            shutil.rmtree(aside, ignore_errors=True)
    except OSError as error:
        raise _refused(target, error.strerror or str(error)) from error
