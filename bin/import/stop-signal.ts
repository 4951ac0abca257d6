/** Aborts on the first Ctrl-C; a second one ends the process at once, which loses nothing either. */
export const stopOnInterrupt = (): { stop: AbortSignal; release: () => void } => {
  const controller = new AbortController();
  const onInterrupt = (): void => {
    if (controller.signal.aborted) process.exit(130);
    controller.abort();
  };
  process.on('SIGINT', onInterrupt);
  return { stop: controller.signal, release: () => process.off('SIGINT', onInterrupt) };
};
