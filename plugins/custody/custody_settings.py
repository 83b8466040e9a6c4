"""What settings say of loans, and of answering people who ask for their data."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field
from pydantic_settings import BaseSettings


class CustodySettings(BaseSettings):
    """A part of `plugins.settings.Settings`."""

    request_days: Annotated[
        int, Field(ge=1, le=365, description="days for the answer to a personal-data request")
    ] = 30
    loan_days: Annotated[int, Field(ge=1, le=3650, description="days that a paper is lent for")] = 15
    loan_renewals: Annotated[int, Field(ge=0, le=100, description="times that a loan may be renewed")] = 1
    loan_free_level: Annotated[
        str,
        Field(
            description="highest level that is lent without the approval of another person than the borrower"
        ),
    ] = "内部"
