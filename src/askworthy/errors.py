"""Every error raised on purpose: what was found, what was expected, what to do next."""


class AskworthyError(Exception):
    """The base of all: catch it to catch everything askworthy raises on purpose."""


class BadQuestions(AskworthyError):
    """A question list cannot be read."""


class BadCompany(AskworthyError):
    """A company source cannot be read, or nothing in it can."""


class PageUnreadable(AskworthyError):
    """One page cannot be read; the others still can. The message is the reason alone."""


class BadModel(AskworthyError):
    """A model is missing, damaged, or not the kind of model asked for."""


class BadOutput(AskworthyError):
    """A result cannot be written where it was asked to go."""


class BadCorpus(AskworthyError):
    """A labelled corpus cannot be read, or is too small to learn from."""


class BadOption(AskworthyError):
    """A setting has a value that it cannot have."""


class BadPlan(AskworthyError):
    """A plan was asked for that cannot be made."""
