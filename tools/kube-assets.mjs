// Finds, downloads or builds the etcd and the kube-apiserver that the integration tests run.
//
// Order: KUBEBUILDER_ASSETS; the project's cache; the official envtest archive (kubernetes-sigs/controller-tools); a build from
// the Go modules that tools/kubernetes and tools/etcd pin, which takes some minutes once and says what it does.
// Run by itself it prints the folder.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { constants, createWriteStream } from "node:fs";
import { access, chmod, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const kubernetesVersion = "1.36.3";
const envtestIndex = "https://raw.githubusercontent.com/kubernetes-sigs/controller-tools/HEAD/envtest-releases.yaml";
const envtestHost = "https://github.com/kubernetes-sigs/controller-tools/releases/download/";
const connectTimeoutMs = 5_000;
const downloadTimeoutMs = 300_000;
const names = ["etcd", "kube-apiserver"];
const tools = path.dirname(fileURLToPath(import.meta.url));

/** Go's names of this system. */
function platform() {
  const os = process.platform === "win32" ? "windows" : process.platform;
  const arch = process.arch === "x64" ? "amd64" : process.arch;
  return { os, arch };
}

/**
 * Where built and downloaded binaries are kept between runs and clones.
 * @param {Readonly<Record<string, string | undefined>>} [env]
 */
export function cacheFolder(env = process.env) {
  const root = env.XDG_CACHE_HOME || path.join(homedir(), ".cache");
  const { os, arch } = platform();
  return path.join(root, "gatebook", `kubernetes-${kubernetesVersion}-${os}-${arch}`);
}

async function findIn(folder) {
  const paths = names.map((name) => path.join(folder, name));
  for (const file of paths) {
    try {
      await access(file, constants.X_OK);
    } catch {
      return null;
    }
  }
  return { etcd: paths[0], kubeApiserver: paths[1] };
}

/** Runs a program; its last words are in the error. `onLine` hears each line of its standard error. */
async function run(command, args, options, onLine = () => {}) {
  await new Promise((resolve, reject) => {
    const child = spawn(command, args, { ...options, stdio: ["ignore", "ignore", "pipe"] });
    let tail = "";
    child.stderr.setEncoding("utf8");
    child.stderr.on("data", (text) => {
      tail = (tail + text).slice(-4000);
      for (const line of text.split("\n")) if (line.trim() !== "") onLine(line.trim());
    });
    child.on("error", reject);
    child.on("close", (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${command} ended with ${code === null ? signal : `status ${code}`}: ${tail.trim()}`));
    });
  });
}

async function get(url, timeoutMs) {
  // The short timeout is for the first word of the answer; a body may take longer.
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new Error(`no answer within ${connectTimeoutMs / 1000} s`)),
    connectTimeoutMs,
  );
  const whole = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, { signal: AbortSignal.any([controller.signal, whole]) });
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response;
  } finally {
    clearTimeout(timer);
  }
}

/** The archive for this system: our version, else the newest patch of the same minor version. */
function chooseArchive(releases) {
  const { os, arch } = platform();
  const minor = kubernetesVersion.split(".").slice(0, 2).join(".");
  const patch = (version) => Number(version.split(".")[2]);
  const versions = Object.keys(releases ?? {})
    .filter((version) => new RegExp(`^v${minor.replace(".", "\\.")}\\.\\d+$`).test(version))
    .sort((left, right) => patch(right) - patch(left));
  const version = versions.includes(`v${kubernetesVersion}`) ? `v${kubernetesVersion}` : versions[0];
  const archive = version === undefined ? undefined : releases[version]?.[`envtest-${version}-${os}-${arch}.tar.gz`];
  if (archive === undefined) throw new Error(`no archive of Kubernetes ${minor} for ${os}/${arch}`);
  if (!String(archive.selfLink).startsWith(envtestHost)) throw new Error("the index names another host");
  return { version, url: archive.selfLink, sha512: archive.hash };
}

async function download(folder, log) {
  const index = parse(await (await get(envtestIndex, 15_000)).text(), { maxAliasCount: 0 });
  const { version, url, sha512 } = chooseArchive(index?.releases);
  log(`Downloading Kubernetes ${version} for tests (about 70 MB) from ${new URL(url).host}.`);
  const archive = path.join(folder, "archive.tar.gz");
  const response = await get(url, downloadTimeoutMs);
  await pipeline(Readable.fromWeb(response.body), createWriteStream(archive));
  const digest = createHash("sha512")
    .update(await readFile(archive))
    .digest("hex");
  if (digest !== sha512) throw new Error("the archive is not the one that the index describes");
  await run("tar", ["-xzf", archive, "-C", folder, "--strip-components=2"], {});
  await rm(archive);
  if ((await findIn(folder)) === null) throw new Error("the archive does not hold etcd and kube-apiserver");
  await writeFile(path.join(folder, "VERSION"), `${version}\n`);
}

async function build(folder, log) {
  try {
    await run("go", ["version"], {});
  } catch (cause) {
    throw new Error(
      "The integration tests need etcd and kube-apiserver. They could not be downloaded, and Go, which would build them, is not " +
        "installed: install Go 1.26 or newer, or set KUBEBUILDER_ASSETS to a folder that holds both.",
      { cause },
    );
  }
  const env = { ...process.env, CGO_ENABLED: "0", GOWORK: "off" };
  const version = "-X k8s.io/component-base/version.";
  const [major, minor] = kubernetesVersion.split(".");
  const stamp = [`gitVersion=v${kubernetesVersion}`, `gitMajor=${major}`, `gitMinor=${minor}`].map(
    (fact) => version + fact,
  );
  const programs = [
    { name: "etcd", module: "etcd", from: "go.etcd.io/etcd/server/v3", flags: "-s -w", minutes: 1 },
    {
      name: "kube-apiserver",
      module: "kubernetes",
      from: "k8s.io/kubernetes/cmd/kube-apiserver",
      flags: ["-s -w", ...stamp].join(" "),
      minutes: 6,
    },
  ];
  for (const { name, module, from, flags, minutes } of programs) {
    log(`Building ${name} from its Go module, once (about ${minutes} min on two cores).`);
    const begun = Date.now();
    let packages = 0;
    const timer = setInterval(() => {
      log(`  ${name}: ${packages} packages compiled, ${Math.round((Date.now() - begun) / 1000)} s.`);
    }, 20_000);
    try {
      const out = path.join(folder, name);
      const args = ["build", "-v", "-trimpath", "-ldflags", flags, "-o", out, from];
      await run("go", args, { cwd: path.join(tools, module), env }, () => {
        packages += 1;
      });
    } finally {
      clearInterval(timer);
    }
    log(`Built ${name} in ${Math.round((Date.now() - begun) / 1000)} s.`);
  }
  await writeFile(path.join(folder, "VERSION"), `v${kubernetesVersion}\n`);
}

/**
 * Gives the paths of both programs, having fetched them where they were not there.
 * @param {{ log?: (line: string) => void }} [options]
 * @returns {Promise<{ etcd: string, kubeApiserver: string }>}
 */
export async function ensureKubeAssets({ log = () => {} } = {}) {
  const given = process.env.KUBEBUILDER_ASSETS;
  if (given !== undefined && given !== "") {
    const found = await findIn(given);
    if (found === null) throw new Error(`KUBEBUILDER_ASSETS names ${given}, which holds no etcd and kube-apiserver.`);
    return found;
  }
  const cache = cacheFolder();
  const cached = await findIn(cache);
  if (cached !== null) return cached;

  await mkdir(path.dirname(cache), { recursive: true });
  const folder = await mkdtemp(`${cache}.new-`);
  try {
    try {
      await download(folder, log);
    } catch (err) {
      const cause = err.cause instanceof Error ? `: ${err.cause.message}` : "";
      log(`No official archive of Kubernetes (${err.message}${cause}); building it instead.`);
      await build(folder, log);
    }
    for (const name of ["", ...names]) await chmod(path.join(folder, name), 0o755);
    try {
      await rename(folder, cache);
    } catch (err) {
      // Another run was first, and its result is as good; an unfinished folder of old is replaced.
      if (err.code !== "ENOTEMPTY" && err.code !== "EEXIST") throw err;
      if ((await findIn(cache)) === null) {
        await rm(cache, { recursive: true, force: true });
        await rename(folder, cache);
      }
    }
    return await findIn(cache);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { etcd } = await ensureKubeAssets({ log: (line) => console.error(line) });
  console.log(path.dirname(etcd));
}
