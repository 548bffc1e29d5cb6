"""Rules about a company's own words: texts use each of them, and it has all the forms that they use."""

from __future__ import annotations

from collections.abc import Iterator

from stufenweise.load.load_result import LoadResult
from stufenweise.load.vocabulary import vocabulary_words_in
from stufenweise.model.kinds import GOALS_FILE, SELF_CHECK_FILE, VOCABULARY_FILE
from stufenweise.model.problem import Problem, problem
from stufenweise.source.suggest import suggest


def vocabulary_problems(loaded: LoadResult) -> Iterator[Problem]:
    """Yield problems of the words that a company gives in its settings or its vocabulary."""
    if not loaded.company_words or loaded.unreadable or {VOCABULARY_FILE, SELF_CHECK_FILE} & loaded.unreadable_data:
        return
    used = _used_words(loaded)
    for (language, word), own in loaded.company_words.items():
        if language not in loaded.languages:
            continue
        forms = {form for name, form in used.get(language, set()) if name == word}
        if not own.default and not forms and word not in _source_words(loaded):
            near = suggest(word, _known_words(loaded, language))
            yield problem(own.place, "unused-word", word=word, language=language, nearest=near)
            continue
        if not own.default and "base" not in own.forms:
            yield problem(own.place, "word-without-base", word=word, language=language)
        for form in own.forms.keys() - own.default.keys() - forms if own.default else ():
            near = suggest(form, own.default)
            yield problem(own.place, "unused-form", word=word, form=form, nearest=near, forms=", ".join(own.default))
        if missing := [form for form in own.default if form not in own.forms]:
            defaults = ", ".join(f"{form}: {own.default[form]}" for form in missing)
            yield problem(own.place, "word-forms-missing", word=word, language=language, forms=defaults)


def _source_words(loaded: LoadResult) -> frozenset[str]:
    """Return the words that texts in the source language can use: those of other languages are for translations."""
    return frozenset(
        loaded.vocabulary.get(loaded.source, {}).keys()
        - {word for (code, word), own in loaded.company_words.items() if code == loaded.source and not own.default}
    )


def _known_words(loaded: LoadResult, language: str) -> set[str]:
    """Return the words that a language has without the company's own."""
    return {word for file in loaded.texts.values() if file.text.language == language for word in file.words} - {
        word for (code, word), own in loaded.company_words.items() if code == language and not own.default
    }


def _used_words(loaded: LoadResult) -> dict[str, set[tuple[str, str]]]:
    """Return each word and form that texts use, by language."""
    found: dict[str, set[tuple[str, str]]] = {}
    for file in loaded.texts.values():
        value = file.front_matter.value
        titles = [str(one) for one in value.values()] if isinstance(value, dict) else []
        for text in (file.source_body, *titles):
            found.setdefault(file.text.language, set()).update(vocabulary_words_in(text))
    for tree in (
        loaded.data_documents[file] for file in (SELF_CHECK_FILE, GOALS_FILE) if file in loaded.data_documents
    ):
        for language in loaded.languages:
            found.setdefault(language, set()).update(vocabulary_words_in(str(tree.value)))
    return found
