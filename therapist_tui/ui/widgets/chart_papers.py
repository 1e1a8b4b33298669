"""The chart's papers: who sent the client and for how many visits, and what the client agreed to."""

from collections.abc import Sequence
from typing import Any

from textual.content import Content

from therapist_tui.domain.chart import Papers
from therapist_tui.domain.consent import Consent
from therapist_tui.domain.referral import LAST_VISITS, Claim, Referral

from ..plain import one_line, spread
from .chart_page import Looks, Page, Row, heading, listed, nothing, told_edits


class PapersPage(Page):
    """Referrals and consents."""

    def __init__(self, papers: Papers, looks: Looks) -> None:
        self._papers, self._looks = papers, looks
        referrals = [
            Row(one.id.hex, lambda width, one=one: referral_line(one, looks, width), one) for one in papers.referrals
        ]
        consents = [
            Row(one.id.hex, lambda width, one=one: consent_line(one, looks, width), one) for one in papers.consents
        ]
        self.rows: Sequence[Row] = [
            heading("Referrals", looks.hint("chart.referral", "adds one")),
            *(referrals or [nothing("no-referrals")]),
            heading(
                "Consents",
                "   ".join((looks.hint("chart.consent", "adds one"), looks.hint("chart.resolve", "withdraws"))),
            ),
            *(consents or [nothing("no-consents")]),
        ]

    def detail(self, entry: Any, width: int, _height: int) -> list[Content]:
        """All that the paper says."""
        match entry:
            case Referral():
                pairs = referral_pairs(entry, self._looks)
            case Consent():
                pairs = consent_pairs(entry, self._looks)
            case _:
                return []
        return listed(pairs, width) + told_edits(self._papers.edits.get(entry.id, ()), self._looks, width)


def referral_line(referral: Referral, looks: Looks, width: int) -> Content:
    """Who sent the client, for what, and how long it holds."""
    left = referral.visits_left
    visits = f"{left} of {referral.visits_authorised} left" if left is not None else ""
    until = f"until {looks.short(referral.expires_on)}" if referral.expires_on else ""
    ending = (left is not None and left <= LAST_VISITS) or not referral.live_on(looks.today)
    right = one_line(" · ".join(part for part in (visits, until) if part), ".badge" if ending else ".muted")
    text = Content.assemble(one_line(referral.referrer), "  ", one_line(referral.diagnosis, ".muted"))
    return spread(text, right, width)


def consent_line(consent: Consent, looks: Looks, width: int) -> Content:
    """What was agreed to, and whether it counts."""
    day = looks.today
    if consent.live_on(day):
        state = Content.styled("✓ valid", ".good")
    elif consent.withdrawn_on:
        state = Content.styled(f"✗ withdrawn {looks.short(consent.withdrawn_on)}", ".worse")
    elif consent.expires_on and consent.expires_on < day:
        state = Content.styled(f"✗ ran out {looks.short(consent.expires_on)}", ".worse")
    else:
        state = Content.styled("not valid yet", ".check")
    text = Content.assemble(one_line(consent.kind.value), "  ", one_line(consent.regions, ".muted"))
    return spread(text, state, width)


def referral_pairs(referral: Referral, looks: Looks) -> list[tuple[str, str]]:
    """All that a referral says."""

    def day(label: str, on: Any) -> tuple[str, str]:
        return label, looks.short(on) if on else ""

    left = referral.visits_left
    visits = f"{referral.visits_used} of {referral.visits_authorised} used, {left} left" if left is not None else ""
    claim = "" if referral.claim is Claim.NONE else referral.claim.value
    return [
        ("From", ", ".join(part for part in (referral.referrer, referral.profession) if part)),
        ("Diagnosis", " ".join(part for part in (referral.diagnosis, referral.code) if part)),
        ("Regions", ", ".join(referral.regions)),
        ("Visits", visits),
        ("Frequency", referral.frequency),
        ("Precautions", referral.precautions),
        day("Written", referral.written_on),
        day("Received", referral.received_on),
        day("Runs out", referral.expires_on),
        day("Report by", referral.report_by),
        ("Phone", "" if looks.masked else referral.phone),
        ("Licence", referral.licence),
        ("Claim", ", ".join(part for part in (claim, referral.claim_number, referral.adjuster) if part)),
    ]


def consent_pairs(consent: Consent, looks: Looks) -> list[tuple[str, str]]:
    """All that a consent says."""
    by = "" if looks.masked else consent.given_by
    given = f"{looks.short(consent.given_on)}, {consent.method.value}{f', by {by}' if by else ''}"
    withdrawn = looks.short(consent.withdrawn_on) if consent.withdrawn_on else ""
    return [
        ("For", consent.kind.value),
        ("Area", consent.regions),
        ("Given", given),
        ("Runs out", looks.short(consent.expires_on) if consent.expires_on else "never"),
        ("Talked about", ", ".join(consent.discussed)),
        ("Limits", consent.conditions),
        ("Withdrawn", ", ".join(part for part in (withdrawn, consent.withdrawn_how) if part)),
    ]
