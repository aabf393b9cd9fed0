/** How one request looks on the wire. Parameters in the path are named in the path itself. */
export interface AriOperation {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  query?: readonly string[];
  body?: string;
}

/** The requests this project makes, named as Asterisk's own API description names them. */
export const ariOperations = {
  'asterisk.getInfo': { method: 'GET', path: '/asterisk/info', query: ['only'] },
  'asterisk.updateObject': {
    method: 'PUT',
    path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}',
    body: 'fields',
  },
  'asterisk.getObject': {
    method: 'GET',
    path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}',
  },
  'asterisk.deleteObject': {
    method: 'DELETE',
    path: '/asterisk/config/dynamic/{configClass}/{objectType}/{id}',
  },
  'applications.filter': {
    method: 'PUT',
    path: '/applications/{applicationName}/eventFilter',
    body: 'filter',
  },
  'applications.subscribe': {
    method: 'POST',
    path: '/applications/{applicationName}/subscription',
    query: ['eventSource'],
  },
  'applications.get': { method: 'GET', path: '/applications/{applicationName}' },
  'bridges.list': { method: 'GET', path: '/bridges' },
  'bridges.get': { method: 'GET', path: '/bridges/{bridgeId}' },
  'bridges.createWithId': { method: 'POST', path: '/bridges/{bridgeId}', query: ['type', 'name'] },
  'bridges.destroy': { method: 'DELETE', path: '/bridges/{bridgeId}' },
  'bridges.addChannel': {
    method: 'POST',
    path: '/bridges/{bridgeId}/addChannel',
    query: ['channel', 'inhibitConnectedLineUpdates'],
  },
  'bridges.removeChannel': {
    method: 'POST',
    path: '/bridges/{bridgeId}/removeChannel',
    query: ['channel'],
  },
  'channels.list': { method: 'GET', path: '/channels' },
  'channels.originateWithId': {
    method: 'POST',
    path: '/channels/{channelId}',
    query: [
      'endpoint',
      'context',
      'extension',
      'priority',
      'app',
      'appArgs',
      'callerId',
      'timeout',
      'formats',
    ],
    body: 'variables',
  },
  'channels.hangup': { method: 'DELETE', path: '/channels/{channelId}' },
  'channels.answer': { method: 'POST', path: '/channels/{channelId}/answer' },
  'channels.snoopChannelWithId': {
    method: 'POST',
    path: '/channels/{channelId}/snoop/{snoopId}',
    query: ['spy', 'whisper', 'app', 'appArgs'],
  },
  'channels.setChannelVar': {
    method: 'POST',
    path: '/channels/{channelId}/variable',
    query: ['variable', 'value'],
  },
  'channels.continueInDialplan': {
    method: 'POST',
    path: '/channels/{channelId}/continue',
    query: ['context', 'extension', 'priority'],
  },
  'channels.mute': {
    method: 'POST',
    path: '/channels/{channelId}/mute',
    query: ['direction'],
  },
  'channels.unmute': {
    method: 'DELETE',
    path: '/channels/{channelId}/mute',
    query: ['direction'],
  },
  'channels.sendDTMF': { method: 'POST', path: '/channels/{channelId}/dtmf', query: ['dtmf'] },
  'channels.startMoh': { method: 'POST', path: '/channels/{channelId}/moh' },
  'channels.stopMoh': { method: 'DELETE', path: '/channels/{channelId}/moh' },
  'channels.startSilence': { method: 'POST', path: '/channels/{channelId}/silence' },
  'channels.stopSilence': { method: 'DELETE', path: '/channels/{channelId}/silence' },
  'channels.playWithId': {
    method: 'POST',
    path: '/channels/{channelId}/play/{playbackId}',
    query: ['media'],
  },
  'channels.getChannelVar': {
    method: 'GET',
    path: '/channels/{channelId}/variable',
    query: ['variable'],
  },
  'endpoints.listByTech': { method: 'GET', path: '/endpoints/{tech}' },
  'playbacks.get': { method: 'GET', path: '/playbacks/{playbackId}' },
  'playbacks.stop': { method: 'DELETE', path: '/playbacks/{playbackId}' },
} as const satisfies Record<string, AriOperation>;

export type AriOperationName = keyof typeof ariOperations;

/** Parameters of a request by name. */
export type AriParams = Readonly<Record<string, unknown>>;
