"""Treebanks → the tables of `communique.reading.lemmas`: how stems are restored, and the forms that rules miss."""

from collections import Counter
from pathlib import Path

from communique.reading import lemmas as rules
from communique.training.data import treebank

INFLECTED = frozenset(
    {"VBZ", "VBD", "VBN", "VBG", "VBP", "NNS", "NNPS", "JJR", "JJS", "RBR", "RBS", "MD", "PRP", "PRP$"}
)
HEADER = (
    "# Penn tag, form, lemma (or -, end of a stem, how it is restored): from UD English EWT and GUM, training parts\n"
)


def lemma_table(data: Path, out: Path) -> None:
    """Writes `lemmas.tsv` from the training treebanks; the most frequent lemma of each form counts."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for name in ("ewt-train", "gum-train"):
        for gold in treebank(data / f"treebank/{name}.conllu.gz"):
            assert gold.document is not None
            for word in gold.document.words:
                form = word.form.lower().replace("’", "'")
                if word.xpos in INFLECTED and form.isascii() and word.lemma != "_":
                    counts.setdefault((word.xpos, form), Counter())[word.lemma.lower()] += 1
    forms = {key: min(seen, key=lambda each: (-seen[each], each)) for key, seen in counts.items()}
    rows = [f"-\t{ending}\t{how or '0'}" for ending, how in sorted(stem_endings(forms).items())]
    out.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    rules._table.cache_clear()
    for (tag, form), base in sorted(forms.items()):
        typing_error = sum(counts[tag, form].values()) == 1 and base[:2] != form[:2] and len(form) > 4
        if base != rules.lemma(form, "", tag) and not typing_error:
            rows.append(f"{tag}\t{form}\t{base}")
    out.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")


def stem_endings(forms: dict[tuple[str, str], str]) -> dict[str, str]:
    """Last letters of a stem → how such stems are restored, where at least three quarters of the verbs agree and a
    shorter ending would not say the same."""
    stems: dict[str, str] = {}
    for (tag, form), base in forms.items():
        ending = {"VBD": "ed", "VBN": "ed", "VBG": "ing"}.get(tag)
        if ending and form.endswith(ending):
            stem = form[: -len(ending)]
            for how in ("", "e", "2"):
                if rules.restore(stem, how) == base:
                    stems[stem] = how
    found: dict[str, str] = {}
    for size in range(1, rules.LONGEST_STEM_ENDING + 1):
        seen: dict[str, Counter[str]] = {}
        for stem, how in stems.items():
            if len(stem) >= size:
                seen.setdefault(stem[-size:], Counter())[how] += 1
        for ending, hows in seen.items():
            how, count = min(hows.items(), key=lambda pair: (-pair[1], pair[0]))
            shorter = next((found[ending[cut:]] for cut in range(1, size) if ending[cut:] in found), None)
            if how != shorter and count >= 0.6 * hows.total() and (size == 1 or count >= 2 or size >= 4):
                found[ending] = how
    return found
