/** One message to a channel of a team: a signed webhook or a chat space. */
import { type Channel, channelContext } from '../../domain/channel.ts';
import type { Outcome } from '../../domain/delivery.ts';
import { signedHeaders } from '../../domain/webhook-signature.ts';
import { FoliokeepError, UserError } from '../../errors.ts';
import type { Ports } from '../../ports.ts';
import { openText } from '../../wrappers/seal-text.ts';

export type ChannelPorts = Pick<Ports, 'clock' | 'keys' | 'network' | 'outside'>;

export interface ChannelMessage {
  /** Stable: a repeat is known by it. */
  id: string;
  /** Body of a webhook, or text of a chat message. */
  body: string;
}

const limits = { timeoutMs: 15_000, maxBytes: 4_096 };

/** Never throws for what the other side does: that is the outcome, in words without address or secret. */
export async function sendToChannel(
  ports: ChannelPorts,
  channelId: string,
  channel: Channel,
  message: ChannelMessage,
  signal?: AbortSignal,
): Promise<Outcome> {
  const options = { ...limits, ...(signal === undefined ? {} : { signal }) };
  try {
    const url = await openText(ports, channelContext(channelId, 'url'), channel.sealedUrl);
    const { status } =
      channel.kind === 'webhook'
        ? await ports.outside.request(await webhookRequest(ports, channelId, channel, url, message), options)
        : await ports.network.request(chatRequest(url, message), options);
    if (status >= 200 && status < 300) return { kind: 'sent' };
    const problem = `${channel.host} answered ${status}`;
    // The receiver says that it is there no more (RFC 9110 section 15.5.11; Standard Webhooks asks to stop then).
    return status === 410 ? { kind: 'refused', problem } : { kind: 'failed', problem };
  } catch (error) {
    if (!(error instanceof FoliokeepError)) throw error;
    // The network's own words name a host and a code; who reads this wants to know who was not reached.
    const problem =
      error.code === 'NETWORK'
        ? `the ${channel.kind === 'chat' ? 'chat space' : 'webhook'} cannot be reached`
        : String(error.details['problem'] ?? error.message);
    return { kind: error instanceof UserError ? 'refused' : 'failed', problem };
  }
}

async function webhookRequest(
  ports: ChannelPorts,
  channelId: string,
  channel: Channel,
  url: string,
  { id, body }: ChannelMessage,
) {
  const at = ports.clock.now();
  const { sealedSecret, formerSecret } = channel;
  const sealed = [
    ...(sealedSecret === null ? [] : [sealedSecret]),
    ...(formerSecret !== null && formerSecret.until > at ? [formerSecret.sealed] : []),
  ];
  const secrets = await Promise.all(
    sealed.map((one) => openText(ports, channelContext(channelId, 'secret'), one)),
  );
  return {
    method: 'POST' as const,
    url,
    headers: {
      'content-type': 'application/json',
      'user-agent': 'Foliokeep',
      ...signedHeaders(secrets, { id: `msg_${id}`, at, body }),
    },
    body,
  };
}

/** A repeat lands in the thread of the first, where people see that it is one (Google Chat webhooks, read 2026-11). */
function chatRequest(url: string, { id, body }: ChannelMessage) {
  const to = new URL(url);
  to.searchParams.set('threadKey', id);
  to.searchParams.set('messageReplyOption', 'REPLY_MESSAGE_FALLBACK_TO_NEW_THREAD');
  return {
    method: 'POST' as const,
    url: to.href,
    headers: { 'content-type': 'application/json; charset=UTF-8' },
    body: JSON.stringify({ text: body }),
  };
}
