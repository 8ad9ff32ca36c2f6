/** Opens a consent in its own window, and says when the person has come back from it. */

/** `onBack` is called once, when the window is closed. A blocked window: the page itself goes there. */
export function openConsent(address: string, onBack: () => void): void {
  const opened = window.open(address, 'foliokeep-consent', 'popup,width=520,height=720');
  if (opened === null) {
    location.assign(address);
    return;
  }
  const timer = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(timer);
    onBack();
  }, 300);
}
