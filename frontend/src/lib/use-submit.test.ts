import { expect, test } from "vitest";
import { ApiError } from "./errors";
import { placeErrors } from "./use-submit";

const invalid = (...fields: unknown[]) => new ApiError("INVALID_INPUT", "Check the fields.", { fields });

test("a complaint goes beside its field, whether or not it is wrapped in input", () => {
  const error = invalid({ path: "input.email", message: "no address" }, { path: "password", message: "too short" });
  expect(placeErrors(error, ["email", "password"])).toEqual({
    errors: { email: "no address", password: "too short" },
    rest: null,
  });
});

test("a complaint about what the form does not show is said above it", () => {
  expect(placeErrors(invalid({ path: "token", message: "expired" }), ["password"])).toEqual({
    errors: {},
    rest: "Check the fields.",
  });
});

test("any other refusal is said above the form", () => {
  expect(placeErrors(new ApiError("CONFLICT", "That address is taken."), ["email"]).rest).toBe(
    "That address is taken.",
  );
  expect(placeErrors(new Error("boom"), ["email"]).rest).toMatch(/did not foresee/);
});
