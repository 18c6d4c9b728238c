using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace Asm.Tests.Support;

/// <summary>A web server on the loopback that serves the files of a folder by range requests, counts what it sends, and fails as a test asks it to.</summary>
internal sealed partial class RangeServer : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly string _folder;

    public RangeServer(string folder)
    {
        _folder = folder;
        _listener.Start();
        _ = Task.Run(Listen);
    }

    /// <summary>One request: the file, its query, and the range that was asked for; null for all of it.</summary>
    public sealed record Request(string File, string Query, (long From, long To)? Range, int Number);

    /// <summary>What to do in place of a proper answer.</summary>
    /// <param name="Status">A status line to send without a body, "503 Busy"; null for the file.</param>
    /// <param name="Headers">More header lines.</param>
    /// <param name="CutAfter">Bytes of the body after which the connection is dropped.</param>
    /// <param name="SilentAfter">Bytes of the body after which nothing more comes for a while, and then the rest in small pieces.</param>
    /// <param name="SilentSeconds">How long.</param>
    /// <param name="IgnoreRange">Sends the whole file.</param>
    public sealed record Fault(string? Status = null, string Headers = "", int? CutAfter = null, int? SilentAfter = null, double SilentSeconds = 60, bool IgnoreRange = false);

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Decides how a request is answered; null: properly.</summary>
    public Func<Request, Fault?> Faults { get; set; } = _ => null;

    /// <summary>All requests so far.</summary>
    public ConcurrentQueue<Request> Requests { get; } = new();

    public void Dispose() => _listener.Dispose();

    private async Task Listen()
    {
        try
        {
            while (true)
            {
                TcpClient client = await _listener.AcceptTcpClientAsync();
                _ = Task.Run(() => Serve(client));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException) { }
    }

    private async Task Serve(TcpClient client)
    {
        using (client)
        {
            try
            {
                NetworkStream stream = client.GetStream();
                using var reader = new StreamReader(stream, Encoding.ASCII, false, 1024, leaveOpen: true);
                while (await reader.ReadLineAsync() is { Length: > 0 } line)
                {
                    (long, long)? range = null;
                    while (await reader.ReadLineAsync() is { Length: > 0 } header)
                        if (RangeHeader().Match(header) is { Success: true } match) range = (Number(match.Groups[1]), Number(match.Groups[2]));
                    string[] target = line.Split(' ')[1].Split('?');
                    var request = new Request(target[0], target.ElementAtOrDefault(1) ?? "", range, Requests.Count);
                    Requests.Enqueue(request);
                    if (!await Answer(stream, request)) return;
                }
            }
            catch (IOException) { }
        }
    }

    private async Task<bool> Answer(NetworkStream stream, Request request)
    {
        Fault fault = Faults(request) ?? new();
        var file = new FileInfo(Path.Combine(_folder, Uri.UnescapeDataString(request.File.TrimStart('/'))));
        string? status = fault.Status ?? (file.Exists ? null : "404 Not Found");
        if (status is not null)
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{fault.Headers}Content-Length: 0\r\n\r\n"));
            return true;
        }
        byte[] bytes = await File.ReadAllBytesAsync(file.FullName);
        (long from, long to) = request.Range is { } range && !fault.IgnoreRange ? (range.From, Math.Min(range.To, bytes.Length - 1)) : (0, bytes.Length - 1);
        bool isPart = request.Range is not null && !fault.IgnoreRange;
        string tag = fault.Headers.Contains("ETag", StringComparison.Ordinal) ? "" : "ETag: \"one\"\r\n";
        string head = $"HTTP/1.1 {(isPart ? "206 Partial Content" : "200 OK")}\r\n{tag}{fault.Headers}Content-Length: {to - from + 1}\r\n{(isPart ? $"Content-Range: bytes {from}-{to}/{bytes.Length}\r\n" : "")}\r\n";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(head));
        int length = (int)(to - from + 1);
        await stream.WriteAsync(bytes.AsMemory((int)from, Math.Min(length, fault.CutAfter ?? fault.SilentAfter ?? length)));
        if (fault.CutAfter is not null) return false;
        if (fault.SilentAfter is not { } sent) return true;
        await Task.Delay(TimeSpan.FromSeconds(fault.SilentSeconds));
        for (int at = sent; at < length; at += 2000)
        {
            await stream.WriteAsync(bytes.AsMemory((int)from + at, Math.Min(2000, length - at)));
            await Task.Delay(2);
        }
        return true;
    }

    private static long Number(Group group) => long.Parse(group.ValueSpan, CultureInfo.InvariantCulture);

    [GeneratedRegex(@"^Range: bytes=(\d+)-(\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex RangeHeader();
}
