"""A practice that moves in: 5,000 clients and 60,000 appointments, as Jane exports them."""

from datetime import datetime, timedelta
from pathlib import Path

CLIENTS, APPOINTMENTS = 5_000, 60_000
FIRST = datetime(2020, 1, 6, 9)  # noqa: DTZ001 - a file says what stood on the wall


def write_clients(path: Path) -> Path:
    """Every client with a birth date, an e-mail and a telephone number."""
    rows = ["Patient Number,First Name,Last Name,Birth Date,Email,Mobile Phone"]
    rows += (
        f"{at},First{at % 701},Last{at},19{50 + at % 50}-0{1 + at % 9}-1{at % 9},c{at}@example.org,'+1416555{at:04}"
        for at in range(CLIENTS)
    )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path


def write_appointments(path: Path) -> Path:
    """Eight a day for years, of every client in turn."""
    heads = (
        "Appointment Start Date & Time,Appointment End Date & Time,Patient Number,Patient First Name,Patient Last Name,"
        "Treatment Name,Staff Member Name,Status"
    )
    rows = [heads]
    for at in range(APPOINTMENTS):
        start = FIRST + timedelta(days=at // 26, hours=at % 9, minutes=at // 9 % 4 * 15)
        client = at % CLIENTS
        rows.append(
            f"{start:%Y-%m-%d %H:%M},{start + timedelta(hours=1):%Y-%m-%d %H:%M},{client},First{client % 701},Last{client},"
            "Deep tissue,Dana Reyes,Booked"
        )
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return path
