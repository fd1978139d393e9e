/** Keeps fast connections from holding up everything else that the event loop has to answer. */
export interface TurnBudget {
  /** Takes note of bytes received; whoever waits for what it answers leaves the rest of this turn of the loop to others. Null while there is no need to. */
  spend(bytes: number): Promise<void> | null;
}

/**
 * Where the network is faster than this process, each turn of the event loop finds all connections full again, and all
 * of them are emptied before anybody else is answered. So once so many bytes were received, whoever reads pauses until the next turn.
 */
export function createTurnBudget(bytesPerTurn: number): TurnBudget {
  let left = bytesPerTurn;
  let nextTurn: Promise<void> | null = null;

  return {
    spend(bytes) {
      left -= bytes;
      if (left <= 0) {
        nextTurn ??= new Promise((resolve) =>
          setImmediate(() => {
            left = bytesPerTurn;
            nextTurn = null;
            resolve();
          }),
        );
      }
      return nextTurn;
    },
  };
}
