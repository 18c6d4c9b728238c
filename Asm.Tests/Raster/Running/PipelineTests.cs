using Asm.Raster;
using Asm.Raster.Running;

namespace Asm.Tests.Raster.Running;

public sealed class PipelineTests
{
    [Fact]
    public void Results_arrive_in_the_order_of_the_items()
    {
        var results = new List<int>();
        Pipeline.Run(Enumerable.Range(0, 100), i => i * i, results.Add, 3, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 100).Select(i => i * i), results);
    }

    [Theory]
    [InlineData("produce")]
    [InlineData("process")]
    [InlineData("consume")]
    public void A_failure_in_any_step_ends_the_run_with_that_failure(string step)
    {
        IEnumerable<int> Produce()
        {
            for (int i = 0; i < 1000; i++)
            {
                if (i == 5 && step == "produce") throw new AsmException("produce failed");
                yield return i;
            }
        }
        int Process(int i) => i == 5 && step == "process" ? throw new AsmException("process failed") : i;
        void Consume(int i)
        {
            if (i == 5 && step == "consume") throw new AsmException("consume failed");
        }
        var error = Assert.Throws<AsmException>(() => Pipeline.Run(Produce(), Process, Consume, 2, TestContext.Current.CancellationToken));
        Assert.Equal($"{step} failed", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void No_more_items_are_begun_than_may_wait_and_be_at_work(int readAhead)
    {
        (int begun, int processed, int consumed) = (0, 0, 0);
        (int mostInputs, int mostResults) = (0, 0);
        IEnumerable<int> Produce()
        {
            for (int i = 0; i < 50; i++)
            {
                mostInputs = Math.Max(mostInputs, Interlocked.Increment(ref begun) - Volatile.Read(ref processed));
                yield return i;
            }
        }
        int Process(int i)
        {
            mostResults = Math.Max(mostResults, i + 1 - Volatile.Read(ref consumed));
            Thread.Sleep(1);
            Interlocked.Increment(ref processed);
            return i;
        }
        Pipeline.Run(Produce(), Process, _ =>
        {
            Thread.Sleep(2);
            Interlocked.Increment(ref consumed);
        }, readAhead, TestContext.Current.CancellationToken);
        Assert.Equal(50, consumed);
        Assert.InRange(mostInputs, 1, readAhead + 2);
        Assert.InRange(mostResults, 1, readAhead + 2);
    }

    [Fact]
    public void Cancelling_stops_an_endless_run()
    {
        using var cancel = new CancellationTokenSource();
        IEnumerable<int> Endless()
        {
            while (true) yield return 1;
        }
        int seen = 0;
        Assert.Throws<OperationCanceledException>(() => Pipeline.Run(Endless(), i => i, _ =>
        {
            if (++seen == 10) cancel.Cancel();
        }, 2, cancel.Token));
    }
}
