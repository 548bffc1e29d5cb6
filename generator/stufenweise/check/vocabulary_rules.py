"""Rules about a company's own words: each is one that texts use, and has all the forms that they use."""

from __future__ import annotations

from collections.abc import Iterator

from stufenweise.load.load_result import LoadResult
from stufenweise.load.vocabulary import vocabulary_words_in
from stufenweise.model.kinds import SELF_CHECK_FILE, VOCABULARY_FILE
from stufenweise.model.problem import Problem, problem
from stufenweise.source.suggest import suggest


def word_problems(reading: LoadResult) -> Iterator[Problem]:
    """Yield what is wrong with the words that a company gives."""
    if not reading.own_words or reading.broken or {VOCABULARY_FILE, SELF_CHECK_FILE} & reading.broken_data:
        return
    used = _used(reading)
    known = {word for word in reading.own_words if reading.own_words[word].default}
    for (language, word), own in reading.own_words.items():
        if language not in reading.languages:
            continue
        forms = {form for name, form in used.get(language, set()) if name == word}
        if not own.default and not forms:
            near = suggest(word, _words(reading, language))
            yield problem(own.place, "unused-word", word=word, language=language, nearest=near)
            continue
        if not own.default and "base" not in own.forms:
            yield problem(own.place, "word-without-base", word=word, language=language)
        for form in own.forms.keys() - own.default.keys() - forms if (language, word) in known else ():
            near = suggest(form, own.default)
            yield problem(own.place, "unused-form", word=word, form=form, nearest=near, forms=", ".join(own.default))
        if missing := [form for form in own.default if form not in own.forms]:
            said = ", ".join(f"{form}: {own.default[form]}" for form in missing)
            yield problem(own.place, "word-forms-missing", word=word, language=language, forms=said)


def _words(reading: LoadResult, language: str) -> set[str]:
    """Return the words that a language has without the company's own."""
    return {word for file in reading.texts.values() if file.text.language == language for word in file.words} - {
        word for (code, word), own in reading.own_words.items() if code == language and not own.default
    }


def _used(reading: LoadResult) -> dict[str, set[tuple[str, str]]]:
    """Return the words that texts use, each with the form, by language."""
    found: dict[str, set[tuple[str, str]]] = {}
    for file in reading.texts.values():
        value = file.tree.value
        titles = [str(one) for one in value.values()] if isinstance(value, dict) else []
        for text in (file.written, *titles):
            found.setdefault(file.text.language, set()).update(vocabulary_words_in(text))
    tree = reading.trees.get(SELF_CHECK_FILE)
    for language in reading.languages if tree else ():
        found.setdefault(language, set()).update(vocabulary_words_in(str(tree.value if tree else "")))
    return found
