"""The commands: parse, call, print, exit. One thin file a command."""

from askworthy.cli.app import main as main

__all__ = ["main"]
