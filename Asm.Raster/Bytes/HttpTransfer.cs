using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;

namespace Asm.Raster.Bytes;

/// <summary>Reads ranges of one file on a web server, again and again until they are there.</summary>
internal sealed class HttpTransfer(Uri url, RunOptions run)
{
    private const int MostRedirections = 5;
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);
    private static readonly HttpClient s_client = NewClient();
    private Uri? _source;

    public Uri Url => url;

    /// <summary>Where the last answer came from: what links of a file are relative to.</summary>
    public Uri Source => _source ?? url;

    public RunOptions Run => run;

    /// <summary>What messages call the file.</summary>
    public string Name { get; } = RemoteFile.Shown(url.OriginalString);

    /// <summary>The size of the file, after the first answer.</summary>
    public long Length { get; private set; } = -1;

    /// <summary>Size, and ETag or time, after the first answer.</summary>
    public string? Version { get; private set; }

    /// <summary>Fills the destination, or as much of it as the file has.</summary>
    /// <returns>The number of bytes.</returns>
    /// <exception cref="AsmException">The file is not there, or the server fails again and again.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public int Read(long offset, Span<byte> destination)
    {
        int done = 0, attempt = 1;
        while (true)
        {
            int before = done;
            if (TryRead(offset, destination, ref done, out HttpFailure failure)) return done;
            if (done > before) attempt = 0;
            Pause(ref attempt, failure, $"at byte {offset + done}");
        }
    }

    /// <summary>Reads the whole file, without asking for ranges, which servers that make their answers do not know.</summary>
    /// <exception cref="AsmException">The file is not there or too large, or the server fails again and again.</exception>
    /// <exception cref="OperationCanceledException">The run was cancelled.</exception>
    public byte[] ReadAll(int mostBytes)
    {
        int attempt = 1;
        while (true)
        {
            if (TryReadAll(mostBytes, out byte[] text, out HttpFailure failure)) return text;
            Pause(ref attempt, failure, "from its start");
        }
    }

    private static bool MayPass(Exception e) => e is HttpRequestException { HttpRequestError: not HttpRequestError.SecureConnectionError }
        or IOException or InvalidDataException or ObjectDisposedException or OperationCanceledException;

    private HttpFailure Failure(Exception e, CancellationTokenSource silence) =>
        new(silence.IsCancellationRequested
            ? $"no byte came for {run.Remote.Patience.TotalSeconds:0.#} s"
            : e.InnerException?.Message ?? e.Message, null);

    private void Pause(ref int attempt, HttpFailure failure, string where)
    {
        run.Cancellation.ThrowIfCancellationRequested();
        if (attempt >= run.Remote.Attempts)
            throw Refused($"cannot be read {where}, after {run.Remote.Attempts} attempts: {failure.Why}", "a server that answers",
                "check the connection and the URL and try again later, or download the files and name the folder");
        TimeSpan pause = run.Remote.FirstPause * Math.Pow(2, attempt - 1);
        if (failure.Pause > pause) pause = failure.Pause.Value;
        attempt++;
        run.Cancellation.WaitHandle.WaitOne(pause < s_longestPause ? pause : s_longestPause);
    }

    private bool TryReadAll(int mostBytes, out byte[] text, out HttpFailure failure)
    {
        text = [];
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(run.Cancellation);
        try
        {
            using HttpResponseMessage response = Send(null, silence);
            if (IsBusy(response, out failure)) return false;
            RequireThere(response);
            if (response.StatusCode != HttpStatusCode.OK)
                throw Refused($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}",
                    "the file (answer 200)", "check the URL");
            using CancellationTokenRegistration ending = silence.Token.Register(response.Dispose);
            using Stream body = response.Content.ReadAsStream(CancellationToken.None);
            // Nobody asks for compression, but files may be stored so. What counts is what it unpacks to.
            bool isPacked = response.Content.Headers.ContentEncoding.Contains("gzip");
            using Stream stream = isPacked ? new GZipStream(body, CompressionMode.Decompress) : body;
            var read = new MemoryStream();
            byte[] buffer = new byte[1 << 16];
            for (int count; (count = stream.Read(buffer)) > 0;)
            {
                if (silence.IsCancellationRequested) throw new IOException("ended");
                read.Write(buffer, 0, count);
                if (read.Length > mostBytes) throw Refused($"has more than {mostBytes:N0} bytes", "metadata", "check the URL");
                silence.CancelAfter(run.Remote.Patience);
            }
            text = read.ToArray();
            return isPacked || response.Content.Headers.ContentLength is not { } length || length == text.Length;
        }
        catch (Exception e) when (MayPass(e))
        {
            failure = Failure(e, silence);
            return false;
        }
        catch (HttpRequestException e) when (IsUntrusted(e))
        {
            throw Untrusted(e);
        }
    }

    private HttpResponseMessage Send(RangeHeaderValue? range, CancellationTokenSource silence)
    {
        silence.CancelAfter(run.Remote.Patience);
        for ((Uri at, int hops) = (url, 0); ; hops++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, at);
            request.Headers.Range = range;
            HttpResponseMessage response = s_client.Send(request, HttpCompletionOption.ResponseHeadersRead, silence.Token);
            _source = at;
            if ((int)response.StatusCode is not (301 or 302 or 303 or 307 or 308) || response.Headers.Location is not { } link)
                return response;
            response.Dispose();
            // By hand, because nothing may lead from the network to files, or from a guarded connection to an open one.
            if (hops == MostRedirections || !Uri.TryCreate(at, link, out Uri? next)
                || !RemoteFile.IsUrl(next.OriginalString) && !RemoteFile.IsUrl(next.AbsoluteUri)
                || at.Scheme == Uri.UriSchemeHttps && next.Scheme != Uri.UriSchemeHttps)
                throw Refused($"the server leads on to {Place(link)}",
                    $"at most {MostRedirections} steps to http or https, and none from https to http", "give the URL of the file itself");
            at = next;
        }
    }

    /// <summary>A link of a server without what may be a key: of any scheme, or of none.</summary>
    private static string Place(Uri link)
    {
        string text = SecretText.Hide(link.OriginalString);
        int end = text.AsSpan().IndexOfAny('?', '#');
        return end < 0 ? text : text[..end];
    }

    /// <summary>True where the server may answer later; otherwise the failure is that of a transfer that ends early.</summary>
    private static bool IsBusy(HttpResponseMessage response, out HttpFailure failure)
    {
        bool isBusy = (int)response.StatusCode is 408 or 429 or >= 500;
        failure = isBusy
            ? new($"the server answers {(int)response.StatusCode} {response.ReasonPhrase}",
                response.Headers.RetryAfter is { } after ? after.Delta ?? after.Date - DateTimeOffset.UtcNow : null)
            : new("the server ended the transfer early", null);
        return isBusy;
    }

    private void RequireThere(HttpResponseMessage response)
    {
        string answer = $"{(int)response.StatusCode} {response.ReasonPhrase}";
        if (response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden)
            throw Refused($"the server refuses it: {answer}", "a file that may be read without logging in, or a URL with its key",
                "links with a key run out: get a new one; or download the files and name the folder");
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            throw Refused($"is not there: {answer}", "the URL of a file", "check the URL");
    }

    /// <summary>One request for what is missing.</summary>
    /// <returns>True where all is there.</returns>
    private bool TryRead(long offset, Span<byte> destination, ref int done, out HttpFailure failure)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(run.Cancellation);
        try
        {
            using HttpResponseMessage response = Send(new(offset + done, offset + destination.Length - 1), silence);
            if (IsBusy(response, out failure)) return false;
            long left = Accept(response, offset + done);
            // A stream does not end by a token; it does by its response.
            using CancellationTokenRegistration ending = silence.Token.Register(response.Dispose);
            using Stream stream = response.Content.ReadAsStream(CancellationToken.None);
            int end = (int)Math.Min(destination.Length, done + left);
            while (done < end)
            {
                int count = stream.Read(destination[done..end]);
                if (count == 0) return false;
                // What is read while the response is being ended may not be what follows.
                if (silence.IsCancellationRequested) throw new IOException("ended");
                done += count;
                silence.CancelAfter(run.Remote.Patience);
            }
            return true;
        }
        catch (Exception e) when (MayPass(e))
        {
            failure = Failure(e, silence);
            return false;
        }
        catch (HttpRequestException e) when (IsUntrusted(e))
        {
            throw Untrusted(e);
        }
    }

    /// <summary>Checks that the answer is the range of the file that was asked for.</summary>
    /// <returns>The number of bytes from there to the end of the file.</returns>
    private long Accept(HttpResponseMessage response, long from)
    {
        RequireThere(response);
        (int status, HttpContentHeaders headers) = ((int)response.StatusCode, response.Content.Headers);
        if (status == 200)
            throw Refused("the server sends the whole file in place of the range that was asked for",
                "a server that serves ranges (answer 206)", "download the files and name the folder");
        if (status == 416 && from == 0) throw Refused("is empty", "a file with contents", "check the URL");
        if (status != 206 || headers.ContentRange is not { Length: { } total } range || range.From != from)
            throw Refused($"the server answers {status} {response.ReasonPhrase} with the range '{headers.ContentRange}'",
                $"the bytes from {from} on, and the size of the file (answer 206)", "download the files and name the folder");
        string state = response.Headers.ETag is { } tag ? $"ETag {tag}"
            : headers.LastModified is { } time ? $"changed {time:u}"
            : "neither ETag nor time";
        string version = $"{total} bytes, {state}";
        Version ??= version;
        Length = total;
        return version == Version
            ? total - from
            : throw Refused($"changed while it was read: {Version}, now {version}", "one file", "run the command again");
    }

    private static bool IsUntrusted(HttpRequestException e) => e.HttpRequestError == HttpRequestError.SecureConnectionError;

    private AsmException Untrusted(HttpRequestException e) => Refused(
        $"the connection cannot be trusted: {e.InnerException?.Message ?? e.Message}",
        "a server with a certificate that this machine trusts",
        "check the URL and the clock; add the server's authority to the system's certificates; or download the files and name the folder");

    private AsmException Refused(string found, string expected, string fix) => new(Name, found, expected, fix, AsmErrorCode.Server);

    private static HttpClient NewClient()
    {
        var handler = new SocketsHttpHandler
        {
            UseCookies = false,
            AllowAutoRedirect = false,
            MaxResponseDrainSize = 0,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5)
        };
        var client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new("AsmOnnx", typeof(HttpTransfer).Assembly.GetName().Version?.ToString(3)));
        return client;
    }
}
