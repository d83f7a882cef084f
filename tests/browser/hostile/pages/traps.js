// Runs in every frame before anything else: what a payload may call is told to the test.
{
  const { trap } = window;
  for (const name of ["pwned", "alert", "confirm", "print", "prompt", "open"]) {
    window[name] = () => {
      trap(`a script called ${name}()`);
      return null;
    };
  }
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, sample }) => {
    trap(`against ${effectiveDirective}: ${blockedURI} ${sample}`.trim());
  });
}
