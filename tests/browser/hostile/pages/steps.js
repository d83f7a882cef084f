/** Offers functions to the test: `hostile.step(name, …)` starts one; when it has ended, `hostile.result` is there. */
export function offer(functions) {
  const run = async (name, values) => {
    try {
      hostile.result = { value: await functions[name](...values) };
    } catch (error) {
      hostile.result = { error: String(error.stack) };
    }
    console.debug("hostile: done");
  };
  window.hostile = { step: (name, ...values) => void setTimeout(() => run(name, values)) };
}
