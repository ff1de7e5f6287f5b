"""A BentoML service with a trivial model."""

import bentoml
from iris_rules import species


@bentoml.service(name="iris", workers=1)
class Iris:
    @bentoml.api
    def classify(self, rows: list[list[float]]) -> list[int]:
        """Say the species of each flower"""
        return [species(row) for row in rows]
