"""A FastAPI service that keeps its description below a prefix of its own, and nothing at the usual place."""

from fastapi import APIRouter, FastAPI
from pydantic import BaseModel

app = FastAPI(title="Sentiment", version="3.1.0", openapi_url="/api/v1/openapi.json", docs_url="/api/v1/docs")
router = APIRouter(prefix="/api/v1")


class Text(BaseModel):
    text: str


class Sentiment(BaseModel):
    label: str
    score: float


@router.post("/predict", response_model=Sentiment, summary="Say how a text feels")
def predict(body: Text) -> Sentiment:
    words = body.text.lower().split()
    score = sum(word in ("good", "great") for word in words) - sum(word in ("bad", "poor") for word in words)
    return Sentiment(label="positive" if score >= 0 else "negative", score=float(score))


@router.get("/health", summary="Say whether the model is loaded")
def health() -> dict:
    return {"status": "ok"}


app.include_router(router)
