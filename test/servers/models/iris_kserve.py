"""A KServe Python server, as its runtimes are made. DECLARES=1 makes the model say what tensors it takes."""

import argparse
import os

from iris_rules import species
from kserve import InferOutput, InferRequest, InferResponse, Model, ModelServer
from kserve.model_server import parser

DECLARES = os.environ.get("DECLARES") == "1"


class Iris(Model):
    def __init__(self, name: str):
        super().__init__(name)
        self.load()

    def load(self) -> bool:
        self.ready = True
        return self.ready

    async def get_input_types(self):
        return [{"name": "rows", "datatype": "FP64", "shape": [-1, 4]}] if DECLARES else []

    async def get_output_types(self):
        return [{"name": "species", "datatype": "INT64", "shape": [-1]}] if DECLARES else []

    def predict(self, payload, headers=None, response_headers=None):
        if isinstance(payload, InferRequest):
            found = [species(row) for row in payload.inputs[0].as_numpy()]
            output = InferOutput(name="species", datatype="INT64", shape=[len(found)], data=found)
            return InferResponse(response_id=payload.id or "0", model_name=self.name, infer_outputs=[output])
        return {"predictions": [species(row) for row in payload["instances"]]}


if __name__ == "__main__":
    arguments, _ = argparse.ArgumentParser(parents=[parser]).parse_known_args()
    ModelServer().start([Iris(arguments.model_name)])
