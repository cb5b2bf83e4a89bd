// Where the browser keeps nothing for the page (cookies blocked, a sandboxed frame), only remembering is lost.
for (const name of ["localStorage", "sessionStorage"]) {
  try {
    globalThis[name].getItem("");
  } catch {
    const kept = new Map();
    const value = {
      getItem: (key) => kept.get(String(key)) ?? null,
      setItem: (key, text) => { kept.set(String(key), String(text)); },
      removeItem: (key) => { kept.delete(String(key)); },
    };
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
}
