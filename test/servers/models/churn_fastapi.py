"""A FastAPI service with a trivial model, in code that every FastAPI since 0.95 runs."""

import math

from fastapi import FastAPI
from pydantic import BaseModel, Field

app = FastAPI(title="Churn", version="1.4.0")


class Customer(BaseModel):
    """What is known of one customer."""

    age: int = Field(ge=0, le=130)
    tenure_months: int = Field(default=12, ge=0)
    plan: str = "basic"


class Answer(BaseModel):
    probability: float = Field(ge=0, le=1)


@app.post("/predict", response_model=Answer, summary="Score one customer")
def predict(customer: Customer) -> Answer:
    logit = 0.8 - 0.03 * customer.age - 0.05 * customer.tenure_months
    return Answer(probability=1 / (1 + math.exp(-logit)))


@app.get("/health", summary="Say whether the model is loaded")
def health() -> dict:
    return {"status": "ok"}
