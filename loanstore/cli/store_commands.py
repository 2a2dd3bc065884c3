"""The commands about the store itself: create, info, verify, rebuild, backup, restore, self-test, demo."""

from __future__ import annotations

import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from loanstore import bootstrap, demo_store, keys
from loanstore.cli.files import require_writable, write
from loanstore.domain.errors import FileUnusable, StoreUnusable
from loanstore.i18n import _, ngettext
from loanstore.operations import demonstrating, housekeeping, papers
from loanstore.settings import MachineSettings

if TYPE_CHECKING:
    from argparse import Namespace

    from loanstore.bootstrap import OpenDesk
    from loanstore.cli.output import Output


def create(asked: Namespace, output: Output) -> int:
    """Make a new store; the recovery sheet is offered, for a forgotten passphrase can't be asked back."""
    from loanstore.cli.main import passphrase_source

    path = bootstrap.store_path(asked.store, MachineSettings())
    passphrase = passphrase_source(asked).find(path)
    if keys.is_weak(passphrase):
        output.note(_("The passphrase is weak: twelve characters or more, or four words, are much safer."))
    if asked.recovery_sheet:
        require_writable(Path(asked.recovery_sheet))
    opened = bootstrap.create_desk(path, passphrase, asked.owner_name, asked.code_prefix.upper(), asked.staff)
    try:
        said = housekeeping.info(opened.desk)
        words = opened.recovery_words()
        sentences = [_("The store of {owner} is made: {path}.").format(owner=said.owner, path=path)]
        if asked.recovery_sheet:
            write(Path(asked.recovery_sheet), papers.recovery_sheet_pdf(opened.desk, words))
            sentences.append(_("Print {file} and keep it under lock.").format(file=asked.recovery_sheet))
        else:
            sentences.append(_("Its recovery words, to be written down and kept under lock:"))
            sentences.append("  " + " ".join(words))
        output.answer(sentences, store=str(path), store_id=said.store_id, owner=said.owner, recovery=" ".join(words))
    finally:
        opened.close()
    return 0


def info(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Say what the store is and holds."""
    values = asdict(housekeeping.info(opened.desk))
    output.answer(
        [
            _("{owner}: {instruments} instruments, {borrowers} borrowers, {loans_open} on loan.").format(**values),
            _("{facts} facts in the journal; schema {schema}; {engine}.").format(**values),
        ],
        values,
    )
    return 0


def verify(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Prove the store; a difference is named and ends with status 3."""
    found = housekeeping.verify(opened.desk, output.progress(_("Folding")))
    if found:
        first = found[0]
        if not output.as_json:
            output.answer(_("{table} {row}: {found}; expected: {expected}").format(**asdict(one)) for one in found)
        raise StoreUnusable(
            "STORE_DIFFERS",
            count=len(found),
            table=first.table,
            row=first.row,
            found=first.found,
            expected=first.expected,
        )
    said = housekeeping.info(opened.desk)
    output.answer([_("Journal, state and file agree: {facts} facts.").format(facts=said.facts)], facts=said.facts)
    return 0


def rebuild(_asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Fold the journal afresh."""
    facts = housekeeping.rebuild(opened.desk, output.progress(_("Folding"))).result
    output.answer([_("Folded afresh from {facts} facts.").format(facts=facts)], facts=facts)
    return 0


def backup(asked: Namespace, output: Output, opened: OpenDesk) -> int:
    """Write a backup into a folder, opened and counted."""
    written, counts = housekeeping.back_up(opened.desk, opened.secret, Path(asked.folder))
    output.answer(
        [_("Backed up to {file}: opened, {facts} facts counted.").format(file=written, facts=counts.facts)],
        asdict(counts),
        file=str(written),
    )
    return 0


def restore(asked: Namespace, output: Output) -> int:
    """Put a backup in the place of a store that is not there."""
    from loanstore.cli.main import passphrase_source

    target = bootstrap.store_path(asked.store, MachineSettings())
    counts = bootstrap.restore_store(Path(asked.file), target, passphrase_source(asked))
    output.answer(
        [_("Restored to {path}: opened, {facts} facts counted.").format(path=target, facts=counts.facts)],
        asdict(counts),
        store=str(target),
    )
    return 0


def self_test(_asked: Namespace, output: Output) -> int:
    """Prove that every part of the program works on this machine, in a store of its own that is thrown away."""
    with tempfile.TemporaryDirectory(prefix="loanstore-") as name:
        folder = Path(name)
        opened = bootstrap.create_desk(folder / demo_store.FILE, demo_store.PASSPHRASE, demonstrating.OWNER, "FM")
        try:
            made = demonstrating.demonstrate(opened.desk, folder)
            found = housekeeping.verify(opened.desk)
            _written, counts = housekeeping.back_up(opened.desk, opened.secret, folder / "backup")
        finally:
            opened.close()
    if found:
        raise StoreUnusable("SELF_TEST_FAILED", part="verify", said=found[0].found)
    steps = [f"{step.what}: {step.answer}" for step in made.steps]
    told = _("All parts work here: {facts} facts verified, backed up and counted.").format(facts=counts.facts)
    output.answer([*steps, told], steps=[asdict(step) for step in made.steps], facts=counts.facts)
    return 0


def demo(asked: Namespace, output: Output) -> int:
    """Do the whole main job on a made-up county, in a store of its own, and say where the papers are."""
    folder = (Path(asked.out) if asked.out else Path.cwd() / "loanstore-demo").absolute()
    store = folder / demo_store.FILE
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_earlier_demo(store)
    except OSError as error:
        raise FileUnusable("DEMO_FOLDER", path=str(folder), said=error.strerror or str(error)) from None
    opened = bootstrap.create_desk(store, demo_store.PASSPHRASE, demonstrating.OWNER, "FM", asked.staff)
    try:
        made = demonstrating.demonstrate(opened.desk, folder)
    finally:
        opened.close()
    n = len(made.papers)
    told = ngettext("{n} paper is in {folder}:", "{n} papers are in {folder}:", n).format(n=n, folder=folder)
    output.answer(
        [*(f"{step.what}: {step.answer}" for step in made.steps), told, *(f"  {name}" for name in made.papers)],
        folder=str(folder),
        store=str(store),
        passphrase=demo_store.PASSPHRASE,
        papers=[str(folder / name) for name in made.papers],
        steps=[asdict(step) for step in made.steps],
    )
    return 0


def _clear_earlier_demo(store: Path) -> None:
    """Take away the store of an earlier demo; one that the demo's passphrase does not open is somebody's own."""
    if not store.exists():
        return
    known = keys.PassphraseSource(environment={keys.PASSPHRASE_VARIABLE: demo_store.PASSPHRASE})
    try:
        bootstrap.open_desk(store, known).close()
    except StoreUnusable:
        said = _("the store {name} there is not a demo's").format(name=store.name)
        raise FileUnusable("DEMO_FOLDER", path=str(store.parent), said=said) from None
    for ending in ("", "-wal", "-shm"):
        store.with_name(store.name + ending).unlink(missing_ok=True)
