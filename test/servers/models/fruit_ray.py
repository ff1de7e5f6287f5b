"""A Ray Serve application: one deployment with FastAPI before it, and one that answers whatever path it is asked."""

from fastapi import FastAPI
from pydantic import BaseModel
from ray import serve

api = FastAPI(title="Fruit stand", version="1.2.0")


class Order(BaseModel):
    fruit: str
    count: int = 1


class Price(BaseModel):
    price: float


@serve.deployment(ray_actor_options={"num_cpus": 0.1})
@serve.ingress(api)
class Stand:
    @api.post("/price", summary="Say what an order costs")
    def price(self, order: Order) -> Price:
        return Price(price=order.count * (2.0 if order.fruit == "mango" else 1.0))


@serve.deployment(ray_actor_options={"num_cpus": 0.1})
class Plain:
    def __call__(self, request) -> str:
        return "ok"


stand = Stand.bind()
plain = Plain.bind()
