"""A Flask application with flasgger, whose description is a Swagger 2.0 document, and a trivial model."""

import math

from flasgger import Swagger
from flask import Flask, jsonify, request

app = Flask(__name__)
Swagger(app, template={"info": {"title": "Churn", "version": "1.0"}})


@app.post("/predict")
def predict():
    """Score one customer
    ---
    consumes: [application/json]
    parameters:
      - in: body
        name: customer
        required: true
        schema:
          type: object
          required: [age]
          properties:
            age: { type: integer, minimum: 0, maximum: 130 }
            tenure_months: { type: integer, default: 12 }
    responses:
      200:
        description: The probability that the customer leaves.
        schema:
          type: object
          properties:
            probability: { type: number }
    """
    customer = request.get_json()
    logit = 0.8 - 0.03 * customer["age"] - 0.05 * customer.get("tenure_months", 12)
    return jsonify(probability=1 / (1 + math.exp(-logit)))


@app.get("/health")
def health():
    """Say whether the model is loaded
    ---
    responses:
      200:
        description: It is.
    """
    return jsonify(status="ok")
