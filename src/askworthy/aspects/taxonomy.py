"""The words for what a question is about: three aspects, their topics, and `other`."""

from __future__ import annotations

OTHER = "other"

TOPICS: dict[str, tuple[str, ...]] = {
    "role": ("tasks", "expectations", "autonomy", "candidacy"),
    "organisation": ("culture", "workplace", "development", "rewards", "business"),
    "team": ("people", "process", "management"),
    OTHER: (OTHER,),
}
ASPECT_OF = {topic: aspect for aspect, topics in TOPICS.items() for topic in topics}
