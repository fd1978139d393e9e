/** For `catch`: what counts instead when a file or folder is not there; other errors are passed on. */
export function ignoreMissing<Value>(instead: Value): (error: unknown) => Value {
  return (error) => {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return instead;
    throw error;
  };
}
