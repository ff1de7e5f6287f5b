"""A FastAPI service with a trivial model. CONTRACT=v2 serves the breaking version: `tenure_months` is required and `plan` is closed."""

import math
import os
from enum import Enum

from fastapi import FastAPI
from pydantic import BaseModel, Field

BREAKING = os.environ.get("CONTRACT", "v1") == "v2"

app = FastAPI(title="Customer churn", version="2.0.0" if BREAKING else "1.0.0")


class Plan(str, Enum):
    basic = "basic"
    premium = "premium"


class CustomerV1(BaseModel):
    """What is known of one customer."""

    age: int = Field(ge=0, le=130)
    tenure_months: int = Field(default=12, ge=0)
    plan: str = "basic"


class CustomerV2(BaseModel):
    """What is known of one customer."""

    age: int = Field(ge=18, le=130)
    tenure_months: int = Field(ge=0)
    plan: Plan = Plan.basic


class Answer(BaseModel):
    probability: float = Field(ge=0, le=1)


Customer = CustomerV2 if BREAKING else CustomerV1


@app.post("/predict", response_model=Answer, summary="Score one customer")
def predict(customer: Customer) -> Answer:
    logit = 0.8 - 0.03 * customer.age - 0.05 * customer.tenure_months
    return Answer(probability=1 / (1 + math.exp(-logit)))


@app.get("/health", summary="Say whether the model is loaded")
def health() -> dict[str, str]:
    return {"status": "ok"}
