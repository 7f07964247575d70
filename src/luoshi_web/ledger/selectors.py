"""Read the ledger: entries, its end, what was known by when, notes and persons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from django.db.models import Q

from luoshi.kernel.zone import PLACE_TIME
from luoshi.ledger.chain import Head
from luoshi.ledger.entry import Entry, from_content
from luoshi_web.frame import clock
from luoshi_web.ledger.models import EvidenceFile, LedgerEntry, LedgerHead, LedgerNote, LedgerPerson
from luoshi_web.plans.models import PlanYear

_CHUNK = 2000


def head_of(plan_year: int) -> Head:
    """Return the end of a plan-year's chain, as its row says."""
    row = LedgerHead.objects.filter(plan_year_id=plan_year).first()
    if row is None:
        return Head(scope="")
    return Head(
        scope=row.scope,
        number=row.number,
        digest=row.digest,
        algorithm=row.algorithm,
        known_at=row.known_at,
    )


def every_ledger() -> list[PlanYear]:
    """Return the plan-years that have a ledger, the oldest first; only for commands on the server itself."""
    with_head = LedgerHead.objects.values("plan_year_id")
    with_entries = LedgerEntry.objects.values("plan_year_id")
    return list(PlanYear.objects.filter(Q(pk__in=with_head) | Q(pk__in=with_entries)).order_by("pk"))


def plan_years_with_fact(fact: str) -> list[int]:
    """Return the identities of the plan-years in whose ledger a kind of fact ever stood."""
    found = LedgerEntry.objects.filter(fact=fact).order_by("plan_year_id")
    return list(found.values_list("plan_year_id", flat=True).distinct())


def entries_after(plan_year: int, number: int, *, up_to: int | None = None) -> list[Entry]:
    """Return the entries after one, the oldest first, as far as `up_to` where it is given."""
    found = LedgerEntry.objects.filter(plan_year_id=plan_year, number__gt=number)
    if up_to is not None:
        found = found.filter(number__lte=up_to)
    rows = found.order_by("number").values_list("content", "digest")
    return [from_content(content, digest) for content, digest in rows]


def head_at(plan_year: int, entry: Entry) -> Head:
    """Return the end of a chain as it was after one of its entries."""
    now = head_of(plan_year)
    return Head(
        scope=now.scope,
        number=entry.number,
        digest=entry.digest,
        algorithm=now.algorithm,
        known_at=entry.known_at,
    )


def every_row(plan_year: int) -> Iterator[LedgerEntry]:
    """Return the rows of a ledger one after the other, in flat memory."""
    return LedgerEntry.objects.filter(plan_year_id=plan_year).order_by("number").iterator(chunk_size=_CHUNK)


def number_known_by(plan_year: int, day: date) -> int:
    """Return the number of the last entry known at the end of a day in the place's time; 0 where none was."""
    end = datetime.combine(day + timedelta(days=1), time.min, tzinfo=PLACE_TIME)
    found = LedgerEntry.objects.filter(plan_year_id=plan_year, known_at__lt=end)
    return found.order_by("-number").values_list("number", flat=True).first() or 0


def digest_at(plan_year: int, number: int) -> str:
    """Return the digest of an entry; "" for none."""
    found = LedgerEntry.objects.filter(plan_year_id=plan_year, number=number)
    return found.values_list("digest", flat=True).first() or ""


def entries_of(plan_year: int, numbers: Iterable[int]) -> dict[int, Entry]:
    """Return entries by number."""
    found = LedgerEntry.objects.filter(plan_year_id=plan_year, number__in=list(numbers))
    return {
        number: from_content(content, digest)
        for number, content, digest in found.values_list("number", "content", "digest")
    }


def texts_of(digests: Iterable[str]) -> dict[str, str | None]:
    """Return the texts of notes by digest; None for one that was erased."""
    wanted = {digest for digest in digests if digest}
    if not wanted:
        return {}
    rows = LedgerNote.objects.filter(digest__in=wanted).values_list("digest", "text", "erased_at")
    return {digest: None if erased_at else text for digest, text, erased_at in rows}


def names_of(keys: Iterable[str]) -> dict[str, str | None]:
    """Return the names of persons by opaque identity; None for one whose link was erased."""
    wanted = {key for key in keys if key}
    if not wanted:
        return {}
    rows = LedgerPerson.objects.filter(key__in=wanted).values_list("key", "user__display_name")
    return dict(rows)


def evidence_of(plan_year: int, lineage: str) -> list[EvidenceFile]:
    """Return the files of a commitment, in the order added."""
    return list(EvidenceFile.objects.filter(plan_year_id=plan_year, lineage=lineage))


def evidence_file(plan_year: int, file_id: int) -> EvidenceFile | None:
    """Return one file."""
    return EvidenceFile.objects.filter(plan_year_id=plan_year, pk=file_id).first()


def evidence_by_digest(plan_year: int, lineage: str, digests: Iterable[str]) -> dict[str, EvidenceFile]:
    """Return files of a commitment by digest."""
    found = EvidenceFile.objects.filter(plan_year_id=plan_year, lineage=lineage, digest__in=list(digests))
    return {row.digest: row for row in found}


def every_evidence_digest(plan_year: int) -> set[str]:
    """Return the digests of every file of a plan-year."""
    return set(EvidenceFile.objects.filter(plan_year_id=plan_year).values_list("digest", flat=True))


def every_note(plan_year: int) -> Iterator[LedgerNote]:
    """Return the notes that are not erased."""
    found = LedgerNote.objects.filter(plan_year_id=plan_year, erased_at__isnull=True)
    return found.iterator(chunk_size=_CHUNK)


def moment_of(plan_year: PlanYear) -> datetime:
    """Return this moment in a plan-year: where its clock stands, that day at the present time of day."""
    moment = clock.now()
    if plan_year.stands_at is None or clock.is_standing():
        return moment
    here = moment.astimezone(PLACE_TIME)
    return datetime.combine(plan_year.stands_at, here.timetz())


def day_of(plan_year: PlanYear) -> date:
    """Return the day that it is in a plan-year."""
    return moment_of(plan_year).astimezone(PLACE_TIME).date()
