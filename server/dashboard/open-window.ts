/** Opens a consent in its own window, and says when the person has come back from it. */

/**
 * `onBack` is called when the consent has ended or the window is closed, whichever is seen first, and once more if the
 * other follows. A blocked window: the page itself goes there.
 */
export function openConsent(address: string, onBack: () => void): void {
  const opened = window.open(address, 'foliokeep-consent', 'popup,width=520,height=720');
  if (opened === null) {
    location.assign(address);
    return;
  }
  // Sent by our own page at the end: Google's and Xero's pages may cut the tie between the two windows.
  const news = new BroadcastChannel('foliokeep');
  news.onmessage = () => {
    news.close();
    onBack();
  };
  const timer = setInterval(() => {
    if (!opened.closed) return;
    clearInterval(timer);
    onBack();
  }, 300);
}
