"""Rules about a company's own words: texts use each of them, and it has all the forms that they use."""

from __future__ import annotations

from collections.abc import Iterator

from stufenweise.check.check_run import CheckRun
from stufenweise.load.load_result import LoadResult
from stufenweise.load.vocabulary import vocabulary_words_in
from stufenweise.model.kinds import GOALS_FILE, SELF_CHECK_FILE, VOCABULARY_FILE
from stufenweise.model.problem import Problem, new_problem
from stufenweise.source.suggest import suggest


def vocabulary_problems(run: CheckRun) -> Iterator[Problem]:
    """Yield problems of a company's own words in its settings or vocabulary."""
    loaded = run.loaded
    if (
        not loaded.data.company_words
        or loaded.unreadable
        or {VOCABULARY_FILE, SELF_CHECK_FILE} & loaded.data.unreadable
    ):
        return
    used = _used_words(loaded)
    for (language, word), company_word in loaded.data.company_words.items():
        if language not in loaded.languages:
            continue
        forms = {form for name, form in used.get(language, set()) if name == word}
        if not company_word.default and not forms and word not in _source_words(loaded):
            suggestion = suggest(word, _known_words(loaded, language))
            yield new_problem(company_word.place, "unused-word", word=word, language=language, nearest=suggestion)
            continue
        if not company_word.default and "base" not in company_word.forms:
            yield new_problem(company_word.place, "word-without-base", word=word, language=language)
        for form in company_word.forms.keys() - company_word.default.keys() - forms if company_word.default else ():
            suggestion = suggest(form, company_word.default)
            yield new_problem(
                company_word.place,
                "unused-form",
                word=word,
                form=form,
                nearest=suggestion,
                forms=", ".join(company_word.default),
            )
        if missing := [form for form in company_word.default if form not in company_word.forms]:
            defaults = ", ".join(f"{form}: {company_word.default[form]}" for form in missing)
            yield new_problem(company_word.place, "word-forms-missing", word=word, language=language, forms=defaults)


def _source_words(loaded: LoadResult) -> frozenset[str]:
    """Return the words that texts in the source language can use: those of other languages are for translations."""
    return frozenset(
        loaded.data.vocabulary.get(loaded.source_language, {}).keys()
        - {
            word
            for (code, word), company_word in loaded.data.company_words.items()
            if code == loaded.source_language and not company_word.default
        }
    )


def _known_words(loaded: LoadResult, language: str) -> set[str]:
    """Return the words of a language, without those that only the company has."""
    return {word for file in loaded.texts.values() if file.language == language for word in file.words} - {
        word
        for (code, word), company_word in loaded.data.company_words.items()
        if code == language and not company_word.default
    }


def _used_words(loaded: LoadResult) -> dict[str, set[tuple[str, str]]]:
    """Return each word and form that texts use, by language."""
    used: dict[str, set[tuple[str, str]]] = {}
    for file in loaded.texts.values():
        value = file.front_matter.value
        titles = [str(title) for title in value.values()] if isinstance(value, dict) else []
        for text in (file.source_body, *titles):
            used.setdefault(file.language, set()).update(vocabulary_words_in(text))
    for document in (
        loaded.data.documents[file] for file in (SELF_CHECK_FILE, GOALS_FILE) if file in loaded.data.documents
    ):
        for language in loaded.languages:
            used.setdefault(language, set()).update(vocabulary_words_in(str(document.value)))
    return used
