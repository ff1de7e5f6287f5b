"""A KServe Python server with a trivial model: the length of each row."""

import argparse
import math

from kserve import Model, ModelServer
from kserve.model_server import parser


class Distance(Model):
    def __init__(self, name: str):
        super().__init__(name)
        self.ready = True

    def predict(self, payload, headers=None, response_headers=None):
        if not isinstance(payload, dict):
            payload, _ = payload.to_rest() if hasattr(payload, "to_rest") else (payload, None)
        return {"predictions": [math.hypot(*row) for row in payload["instances"]]}


if __name__ == "__main__":
    arguments, _ = argparse.ArgumentParser(parents=[parser]).parse_known_args()
    ModelServer().start([Distance(arguments.model_name)])
