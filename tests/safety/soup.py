"""Random texts made of dangerous, odd and usual pieces of Markdown and YAML."""

from __future__ import annotations

from hypothesis import strategies as st

_TOKENS = (
    "word", "Wort ", " ", " ", "\n", "\n", "\n\n", "\n\n", "    ", "  \n", "\t", "- ", "1. ", "> ", "* ", "*", "**",
    "_", "__", "`", "``", "```", "\n```\n", "\n~~~\n", "| a | b |", "\n|---|:-:|\n", "|", "### a",
    "\n### a {#b-c}\n", "\n#### d\n", "## ", "# ", "#", "\n===\n", "\n---\n", "Word\n: meaning\n", ": ",
    "!!! note \"a\"\n    ", "??? tip \"b\"\n    ", "!!! ", "???+ ", "\n\n***\n\n", "[a](second.de.md)",
    "[a](https://a.example/b)", "[", "]", "(", ")", "](", "![", "[a]", "[a]: ", "]: ", "<https://a.example>",
    "![a](images/circle.svg)", "<kbd>", "</kbd>", "<br>", "<", ">", "</", "&", "&amp;", ";", "\\", "- [ ] a {#b}\n",
    "[TOC]", ":", "<script>", "</script>", "<script", "<img src=x onerror=alert(1)>", "<svg/onload=alert(1)>",
    "<a href=\"javascript:a\">", "<!--", "-->", "<![CDATA[", "]]>", "<?php", "?>", "<!", "<b", "<div>\n", "</div>",
    "<p>", "<pre class=\"highlight\">", "javascript:", "JAVASCRIPT&colon;", "&#106;avascript:alert(1)",
    "java\u00adscript:", "data:text/html,", "//x.example/a", "vbscript:", "(javascript:alert(1))", "(//x.example)",
    "(https://x.example/a.png)", "(<", " \"title\"", "'<b>'", "\"<img>\"", "{", "}", "{: ", "{:",
    "{: onclick=alert(1) }", "{ onclick=alert(1) }", "{.mermaid}", "{: .mermaid #__config }", "{#__config}",
    "{: style=\"a\" }", "{: title='\"><b>' }", "mermaid", "__config", "\uff3f\uff3fconfig",
    "``` {.python .mermaid onclick=a}\n", "```mermaid\n", "!!! mermaid \"<b>\"\n    ", "\u202e", "\u2028", "\u00a0",
    "\u0000", "\u0002wzxhzdk:0\u0003", "klzzwxh:0001", "wzxhzdk:0", "{{ network }}", "{{ network.dative }}", "{{",
    "}}", "{% raw %}", "{{ x }}", "{{ a() }}", "\ufeff", "\r", "é", "e\u0301", "🎉",
)  # fmt: skip
_YAML = (
    "title: ", "level: ", "minutes: ", "goals: ", "[", "]", "{", "}", ",", ": ", ":", "\n", "\n  ", "\n- ", "- ",
    "&a ", "*a", "!!python/object:os.system ", "!ENV x", "|", ">", "'", "\"", "#", "%YAML 1.2", "---\n", "...\n",
    "a", "1", "2026-11-23", "2026-13-45", "null", "yes", "~", "? ", "<<: ", "\t", "\\x00", "0x10", "1e999", "-.inf",
    "S1", "first", "translates: pending", "\u0085", "\u2028", "<script>", "9" * 30,
)  # fmt: skip

markdown = st.lists(st.sampled_from(_TOKENS), max_size=24).map("".join)
"""Markdown, most of it wrong."""
yaml = st.lists(st.sampled_from(_YAML), max_size=30).map("".join)
"""Something like YAML."""
anything = st.one_of(
    st.binary(max_size=200), st.text(max_size=200).map(lambda text: text.encode("utf-8", "surrogatepass"))
)
"""Bytes."""
