"""`askworthy doctor`: what is installed, which models there are, and whether they verify."""

from __future__ import annotations

import typer


def doctor() -> None:
    """Show what is installed and whether the bundled models are whole."""
    import os
    import platform
    from importlib.metadata import PackageNotFoundError, version

    import askworthy
    from askworthy.cli.output import check_target
    from askworthy.errors import BadModel
    from askworthy.inference.manifest import MODELS, model_folder, read_manifest
    from askworthy.inference.onnx import DEFAULT_THREADS

    check_target(None)
    typer.echo(f"askworthy {askworthy.__version__}")
    typer.echo(f"python {platform.python_version()} on {platform.system()} {platform.machine()}")
    typer.echo(f"cores {os.cpu_count()}, threads used by default {DEFAULT_THREADS}")
    for package in ("onnxruntime", "tokenizers", "spacy", "bm25s", "scikit-learn", "sentence-transformers", "torch"):
        try:
            typer.echo(f"{package} {version(package)}")
        except PackageNotFoundError:
            typer.echo(f"{package} is not installed")
    broken = 0
    for name in MODELS:
        try:
            folder = model_folder(name)
            manifest = read_manifest(folder)
            size = sum((folder / file).stat().st_size for file in manifest["files"])
            typer.echo(f"model {name}: verified, {size / 1e6:.1f} MB, {str(manifest['hash'])[:16]}, {folder}")
        except BadModel as error:
            broken += 1
            typer.echo(f"model {name}: {error}")
    if broken:
        raise BadModel(f"{broken} of {len(MODELS)} bundled models do not verify; install askworthy again")
