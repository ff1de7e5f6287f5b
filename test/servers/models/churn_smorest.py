"""A Flask application with flask-smorest and a trivial model."""

import math

import marshmallow as ma
from flask import Flask
from flask.views import MethodView
from flask_smorest import Api, Blueprint

app = Flask(__name__)
app.config.update(
    API_TITLE="Churn",
    API_VERSION="2.0",
    OPENAPI_VERSION="3.0.3",
    OPENAPI_URL_PREFIX="/",
)
api = Api(app)
blueprint = Blueprint("churn", "churn", url_prefix="/", description="Says who leaves.")


class Customer(ma.Schema):
    age = ma.fields.Int(required=True, validate=ma.validate.Range(min=0, max=130))
    tenure_months = ma.fields.Int(load_default=12)


class Answer(ma.Schema):
    probability = ma.fields.Float()


@blueprint.route("/predict")
class Predict(MethodView):
    @blueprint.arguments(Customer)
    @blueprint.response(200, Answer)
    def post(self, customer):
        """Score one customer"""
        logit = 0.8 - 0.03 * customer["age"] - 0.05 * customer["tenure_months"]
        return {"probability": 1 / (1 + math.exp(-logit))}


@blueprint.route("/health")
class Health(MethodView):
    @blueprint.response(200)
    def get(self):
        """Say whether the model is loaded"""
        return {"status": "ok"}


api.register_blueprint(blueprint)
