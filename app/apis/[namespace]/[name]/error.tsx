"use client";

// Here as well, so that the head of the API and its tabs stay where a part of the page fails.
export { default } from "../../../error.tsx";
