"""The only place that turns an answer or an error into a sentence for people."""

from loanstore.wording.answers import band, hint, sentence
from loanstore.wording.days import clock, day, short_day
from loanstore.wording.errors import Told, told
from loanstore.wording.imports import passed, refused
from loanstore.wording.keeping_answers import went_out_without

__all__ = [
    "Told",
    "band",
    "clock",
    "day",
    "hint",
    "passed",
    "refused",
    "sentence",
    "short_day",
    "told",
    "went_out_without",
]
