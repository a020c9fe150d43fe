"""A folder or file of a company's public text in; pages and passages out."""

from askworthy.company.company import Company as Company
from askworthy.company.company import Text as Text

__all__ = ["Company", "Text"]
