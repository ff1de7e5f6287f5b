"""A LitServe server with a trivial model."""

import argparse

import litserve
from iris_rules import species
from pydantic import BaseModel


class Flower(BaseModel):
    row: list[float]


class Species(BaseModel):
    species: int


class Iris(litserve.LitAPI):
    def setup(self, device):
        self.model = species

    def decode_request(self, request: Flower):
        return request.row

    def predict(self, row):
        return self.model(row)

    def encode_response(self, output) -> Species:
        return Species(species=output)


if __name__ == "__main__":
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--port", type=int, default=8000)
    litserve.LitServer(Iris(), accelerator="cpu").run(port=arguments.parse_args().port, generate_client_file=False)
