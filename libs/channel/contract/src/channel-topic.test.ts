import { describe, expect, it } from 'vitest';
import { ChannelTopic } from './channel-topic.js';
import type { ChannelEvent } from './events.js';

const added: ChannelEvent = { name: 'leg.added', leg: 'caller', uri: '+370' };
const ended: ChannelEvent = { name: 'call.channel-ended', cause: 'normal', endedBy: 'caller' };

describe('the topic of a channel', () => {
  it('gives the first subscriber what was told before, and the second only what follows', () => {
    const topic = new ChannelTopic();
    topic.tell(added);
    const first: ChannelEvent[] = [];
    const second: ChannelEvent[] = [];
    topic.subscribe((event) => first.push(event));
    topic.subscribe((event) => second.push(event));
    topic.tell(ended);
    expect(first).toEqual([added, ended]);
    expect(second).toEqual([ended]);
  });

  it('tells nothing after the end', () => {
    const topic = new ChannelTopic();
    const heard: ChannelEvent[] = [];
    topic.subscribe((event) => heard.push(event));
    topic.tell(ended);
    topic.tell(added);
    topic.tell(ended);
    expect(heard).toEqual([ended]);
  });
});
