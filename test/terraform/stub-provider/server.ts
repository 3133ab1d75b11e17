import {
  Server,
  ServerCredentials,
  status,
  type MethodDefinition,
  type ServiceDefinition,
  type UntypedServiceImplementation,
} from "@grpc/grpc-js";
import type { Google } from "./google/google.ts";
import { StubProvider } from "./provider.ts";
import { methods, type Method, type MethodName } from "./wire/messages.ts";
import { decodeMessage, encodeMessage, type WireMessage } from "./wire/protobuf.ts";

const PROVIDER_ADDRESS = "registry.terraform.io/hashicorp/google";

export interface StubServer {
  /** The value of TF_REATTACH_PROVIDERS that makes Terraform use this server. */
  readonly reattach: string;
  stop(): void;
}

/** Serves the provider in this process: a test looks into its world without any further protocol. */
export async function startServer(google: Google, googleVersion: string): Promise<StubServer> {
  const provider = new StubProvider(google, googleVersion);
  // A plan of many resources sends states of several megabytes.
  const server = new Server({ "grpc.max_receive_message_length": -1, "grpc.max_send_message_length": -1 });
  const names = Object.keys(methods) as MethodName[];
  const definition: ServiceDefinition = Object.fromEntries(names.map((name) => [name, methodDefinition(name)]));
  const implementation: UntypedServiceImplementation = Object.fromEntries(
    names.map((name) => [name, unary(provider, name)]),
  );
  server.addService(definition, implementation);
  const port = await listen(server);
  return { reattach: reattachConfig(port), stop: () => server.forceShutdown() };
}

function methodDefinition(name: MethodName): MethodDefinition<WireMessage, WireMessage> {
  const { request, response }: Method = methods[name];
  return {
    path: `/tfplugin6.Provider/${name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: (message) => Buffer.from(encodeMessage(request, message)),
    requestDeserialize: (bytes) => decodeMessage(request, bytes),
    responseSerialize: (message) => Buffer.from(encodeMessage(response, message)),
    responseDeserialize: (bytes) => decodeMessage(response, bytes),
  };
}

type Callback = (error: { readonly code: status; readonly details: string } | null, response?: WireMessage) => void;

function unary(provider: StubProvider, name: MethodName) {
  return (call: { readonly request: WireMessage }, callback: Callback): void => {
    let response: WireMessage;
    try {
      response = provider.handlers[name](call.request);
    } catch (error) {
      callback({
        code: status.INTERNAL,
        details: error instanceof Error ? (error.stack ?? error.message) : String(error),
      });
      return;
    }
    callback(null, response);
  };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
      if (error) reject(error);
      else resolve(port);
    });
  });
}

function reattachConfig(port: number): string {
  const provider = {
    Protocol: "grpc",
    ProtocolVersion: 6,
    Pid: process.pid,
    // Without this Terraform ends the process, which is the test's own, when it is done.
    Test: true,
    Addr: { Network: "tcp", String: `127.0.0.1:${port}` },
  };
  return JSON.stringify({ [PROVIDER_ADDRESS]: provider });
}
