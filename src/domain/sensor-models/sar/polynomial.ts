import type { EcefPoint } from '../geodetic.js';

/** A polynomial of one variable: the coefficient of vⁿ stands at index n. */
export type Polynomial = readonly number[];

/** A polynomial of two variables: the coefficient of v₁ᵐ·v₂ⁿ stands at index [m][n]. Rows may differ in length. */
export type Polynomial2D = readonly Polynomial[];

/** An Earth-fixed vector as three polynomials of time. */
export interface VectorPolynomial {
  x: Polynomial;
  y: Polynomial;
  z: Polynomial;
}

export function evaluate(polynomial: Polynomial, v: number): number {
  return polynomial.reduceRight((sum, coefficient) => sum * v + coefficient, 0);
}

export function evaluate2D(polynomial: Polynomial2D, v1: number, v2: number): number {
  return polynomial.reduceRight((sum, row) => sum * v1 + evaluate(row, v2), 0);
}

export function evaluateVector({ x, y, z }: VectorPolynomial, v: number): EcefPoint {
  return { x: evaluate(x, v), y: evaluate(y, v), z: evaluate(z, v) };
}

export function derivative(polynomial: Polynomial): Polynomial {
  return polynomial.slice(1).map((coefficient, index) => coefficient * (index + 1));
}

export function vectorDerivative({ x, y, z }: VectorPolynomial): VectorPolynomial {
  return { x: derivative(x), y: derivative(y), z: derivative(z) };
}
