type Stepper = (direction: 1 | -1) => void;

let current: Stepper | undefined;

/** The compare view says how to go to the next difference while it is shown. Returns how to take that back. */
export function setStepper(stepper: Stepper): () => void {
  current = stepper;
  return () => {
    if (current === stepper) {
      current = undefined;
    }
  };
}

/** False when no view with differences is shown. */
export function stepToDifference(direction: 1 | -1): boolean {
  current?.(direction);
  return current !== undefined;
}
