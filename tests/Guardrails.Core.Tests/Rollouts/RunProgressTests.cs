using Xunit;

namespace Guardrails.Core.Tests;

public sealed class RunProgressTests
{
    [Fact]
    public void The_rest_is_estimated_from_what_is_done()
    {
        var clock = new AutoTime();
        var progress = new RunProgress(10, clock);
        Assert.Null(progress.Remaining);
        clock.Pass(TimeSpan.FromSeconds(30));
        for (var i = 0; i < 3; i++) progress.Step();
        Assert.Equal((3, 30, TimeSpan.FromSeconds(70)), (progress.Done, progress.Percent, progress.Remaining));
    }

    [Fact]
    public void More_than_was_expected_is_still_no_more_than_all()
    {
        var progress = new RunProgress(0, new AutoTime());
        Assert.Equal(100, progress.Percent);
        progress.Step();
        Assert.Equal((1, 100, TimeSpan.Zero), (progress.Total, progress.Percent, progress.Remaining));
    }
}
