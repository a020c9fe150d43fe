"""Arguments in; the right command run, and an exit code out."""

from __future__ import annotations

import os
import signal
import sys
import warnings
from typing import Annotated, NoReturn

import typer

import askworthy
from askworthy.cli.aspects import aspects
from askworthy.cli.check import check
from askworthy.cli.collect import collect
from askworthy.cli.doctor import doctor
from askworthy.cli.evaluate import evaluate
from askworthy.cli.plan import plan
from askworthy.cli.schema import schema
from askworthy.cli.train import train
from askworthy.errors import AskworthyError
from askworthy.reports.wording import one_line

INTERRUPTED = 130  # typer's exit code for Ctrl-C, which it takes without a word

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Which of the questions you prepared does the employer already answer in public?",
)
app.command()(check)
app.command()(plan)
app.command()(aspects)
app.command()(collect)
app.command()(doctor)
app.command()(schema)
app.add_typer(evaluate, name="evaluate")
app.add_typer(train, name="train")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"askworthy {askworthy.__version__}")
        raise typer.Exit


@app.callback()
def _options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version and exit.")
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the command line; every error raised on purpose becomes one line and exit code 2."""
    warnings.showwarning = _one_line
    signal.signal(signal.SIGTERM, _terminated)
    try:
        # Not typer's own mode: that draws a box around a usage error, where other tools read one line.
        code = app(standalone_mode=False)
        if code == INTERRUPTED:
            print("askworthy: stopped; what was finished is kept, run the same command to go on", file=sys.stderr)
        raise SystemExit(code)
    except AskworthyError as error:
        _refuse(str(error))
    except BrokenPipeError:
        # The reader has gone, as `head` does: leave quietly, and keep Python from flushing into the closed pipe.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        raise SystemExit(0) from None
    except OSError as error:
        # Help, a version or a word of what was done that cannot be written; what is read and made has its own errors.
        if sys.stdout is not None:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        reason = (error.strerror or str(error)).lower()
        _refuse(
            f"the system refused{f' {error.filename}' if error.filename else ''}: {reason}; make room or name another"
        )
    except Exception as error:
        if not hasattr(error, "format_message"):  # typer's usage errors have it; their class is private
            raise
        if not error.format_message():  # no command at all: the help was printed instead
            raise SystemExit(2) from None
        context = getattr(error, "ctx", None)
        _refuse(f"{error.format_message().rstrip('.')}; see {context.command_path if context else 'askworthy'} --help")


def _terminated(number: int, _: object) -> NoReturn:
    raise SystemExit(128 + number)  # through every `finally`, which removes files that are half written


def _refuse(message: str) -> NoReturn:
    print(f"askworthy: {one_line(message)}", file=sys.stderr)
    raise SystemExit(2) from None


def _one_line(message: Warning | str, category: type[Warning], *_: object, **__: object) -> None:
    if issubclass(category, UserWarning):
        print(f"askworthy: warning: {message}", file=sys.stderr)
