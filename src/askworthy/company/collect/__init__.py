"""A company's web address in; a folder of its public pages, which can be kept and checked again, out."""

from askworthy.company.collect.closing import Collection as Collection
from askworthy.company.collect.collecting import collect as collect
from askworthy.company.collect.crawl import Progress as Progress
from askworthy.company.collect.settings import Settings as Settings

__all__ = ["Collection", "Progress", "Settings", "collect"]
