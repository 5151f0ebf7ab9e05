// Generations: whole under their number, current or previous by a link.
#include <gmock/gmock.h>
#include <unistd.h>

#include "base/files.h"
#include "fleet/store/names.h"
#include "tests/fleet/store/filled_store.h"
#include "tests/support/temporary_folder.h"

namespace noseon {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class Generations : public testing::Test {
 protected:
  const StoreReader& reader() { return store_.reader(); }
  std::vector<std::string> numbers() { return list_folder(folder_ / "store/generations").value(); }
  void point(const char* link, const std::string& target) {
    fs::remove(folder_ / "store" / link);
    fs::create_symlink(target, folder_ / "store" / link);
  }

  TemporaryFolder folder_;
  Store store_ = Store::open(folder_ / "store").value();
};

TEST_F(Generations, OfANewStoreAreNotFound) {
  EXPECT_EQ(reader().number_of(Which::current).error().kind, ErrorKind::not_found);
  EXPECT_EQ(reader().read(Which::previous).error().kind, ErrorKind::not_found);
}

TEST_F(Generations, AreReadAsTheyWereAdded) {
  const GenerationFiles files{{"timestamp.json", "t"}, {"a%2Fb.json", ""}, {"2.root.json", "\0x"}};
  put_generation(store_, files);
  const Generation read = reader().read(Which::current).value();
  EXPECT_EQ(read.number, 1U);
  EXPECT_EQ(read.files, files);
}

TEST_F(Generations, AreNotCurrentUntilTheyAreMade) {
  put_generation(store_, {{"f", "1"}});
  EXPECT_EQ(store_.add_generation({{"f", "2"}}).value(), 2U);
  EXPECT_EQ(reader().number_of(Which::current).value(), 1U);
  EXPECT_FALSE(reader().number_of(Which::previous));
}

TEST_F(Generations, MakeTheOneBeforePrevious) {
  for (const char* text : {"1", "2", "3"}) put_generation(store_, {{"f", text}});
  EXPECT_EQ(reader().read(Which::current).value().files.at("f"), "3");
  EXPECT_EQ(reader().read(Which::previous).value().files.at("f"), "2");
}

TEST_F(Generations, AreLinkedByPathsThatMoveWithTheStore) {
  put_generation(store_, {{"f", "1"}});
  EXPECT_EQ(fs::read_symlink(folder_ / "store/current"), "generations/000001");
  fs::rename(folder_ / "store", folder_ / "moved");
  EXPECT_EQ(StoreReader(folder_ / "moved").read(Which::current).value().number, 1U);
}

TEST_F(Generations, MadeCurrentTwiceKeepTheirPrevious) {
  put_generation(store_, {{"f", "1"}});
  const std::uint64_t second = put_generation(store_, {{"f", "2"}});
  ASSERT_TRUE(store_.make_current(second));
  EXPECT_EQ(reader().number_of(Which::current).value(), 2U);
  EXPECT_EQ(reader().number_of(Which::previous).value(), 1U);
}

TEST_F(Generations, ThatArePreviousCanBecomeCurrentAgain) {
  put_generation(store_, {{"f", "1"}});
  put_generation(store_, {{"f", "2"}});
  ASSERT_TRUE(store_.make_current(1));
  EXPECT_EQ(reader().number_of(Which::current).value(), 1U);
  EXPECT_EQ(reader().number_of(Which::previous).value(), 2U);
}

TEST_F(Generations, ThatAreRenewedLeavePreviousAsItIs) {
  put_generation(store_, {{"f", "1"}});
  put_generation(store_, {{"f", "2"}});
  const std::uint64_t signed_anew = store_.add_generation({{"f", "2, signed anew"}}).value();
  ASSERT_TRUE(store_.renew_current(signed_anew));
  EXPECT_EQ(reader().number_of(Which::current).value(), signed_anew);
  EXPECT_EQ(reader().number_of(Which::previous).value(), 1U);
  EXPECT_EQ(store_.renew_current(7).error().kind, ErrorKind::not_found);
  EXPECT_EQ(store_.collect(UINT64_MAX, {}).value().generations, 1U);
}

TEST_F(Generations, ThatAreNotThereAreNotMadeCurrent) {
  put_generation(store_, {{"f", "1"}});
  EXPECT_EQ(store_.make_current(7).error().kind, ErrorKind::not_found);
  EXPECT_EQ(reader().number_of(Which::current).value(), 1U);
}

TEST_F(Generations, LeaveNoNameOfTheirMaking) {
  put_generation(store_, {{"f", "1"}});
  put_generation(store_, {{"f", "2"}});
  EXPECT_THAT(numbers(), ElementsAre("000001", "000002"));
  EXPECT_THAT(list_folder(folder_ / "store").value(),
              ElementsAre("blobs", "current", "generations", "parts", "previous"));
}

// ---- Numbers ---------------------------------------------------------------------------------

TEST_F(Generations, AreCountedOnPastSixDigits) {
  fs::create_directory(folder_ / "store/generations/999999");
  EXPECT_EQ(put_generation(store_, {{"f", "x"}}), 1'000'000U);
  EXPECT_EQ(put_generation(store_, {{"f", "y"}}), 1'000'001U);
  EXPECT_EQ(reader().read(Which::current).value().files.at("f"), "y");
}

TEST_F(Generations, AreCountedFromTheHighestWhateverIsMissing) {
  fs::create_directory(folder_ / "store/generations/000003");
  fs::create_directory(folder_ / "store/generations/000012");
  EXPECT_EQ(store_.add_generation({}).value(), 13U);
}

TEST_F(Generations, AreNotGivenTheNumberThatALinkToWhatIsGoneHas) {
  point("current", "generations/000020");
  EXPECT_EQ(store_.add_generation({}).value(), 21U);
}

TEST_F(Generations, EndWithTheHighestNumberAndSayWhatToDo) {
  fs::create_directory(folder_ / "store/generations/999999999999998");
  EXPECT_EQ(store_.add_generation({}).value(), kGenerationNumberMax);
  const auto refused = store_.add_generation({});
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().message, HasSubstr("remove that generation"));
}

// ---- What is not as it should be -------------------------------------------------------------

TEST_F(Generations, BehindALinkThatLeadsElsewhereAreRefused) {
  for (const char* target :
       {"/etc", "generations", "generations/", "generations/42", "generations/000042/",
        "generations/../generations/000042", "./generations/000042", "blobs/000042"}) {
    point("current", target);
    EXPECT_EQ(reader().number_of(Which::current).error().kind, ErrorKind::bad_format) << target;
  }
}

TEST_F(Generations, BehindALinkToNothingAreNotFound) {
  point("current", "generations/000042");
  EXPECT_EQ(reader().number_of(Which::current).value(), 42U);
  EXPECT_EQ(reader().read(Which::current).error().kind, ErrorKind::not_found);
}

TEST_F(Generations, ThatCannotBeGoneBackToDoNotBecomePrevious) {
  put_generation(store_, {{"f", "1"}});
  put_generation(store_, {{"f", "2"}});
  fs::remove_all(folder_ / "store/generations/000002");
  EXPECT_EQ(put_generation(store_, {{"f", "3"}}), 3U);
  EXPECT_EQ(reader().number_of(Which::current).value(), 3U);
  EXPECT_EQ(reader().number_of(Which::previous).value(), 1U);
}

TEST_F(Generations, AreReadWithoutWhatIsHiddenInThem) {
  put_generation(store_, {{"f", "1"}});
  folder_.write("store/generations/000001/.f.swp", "somebody's editor");
  EXPECT_EQ(reader().read(Which::current).value().files.size(), 1U);
}

TEST_F(Generations, WithNamesThatAreNoneAreRefusedAndLeaveNothing) {
  for (const std::string& name :
       {std::string(), std::string("a/b"), std::string(".hidden"), std::string(".."),
        std::string("a\0b", 3), std::string(256, 'n')}) {
    const auto refused = store_.add_generation({{"good", "x"}, {name, "x"}});
    ASSERT_FALSE(refused) << name;
    EXPECT_EQ(refused.error().kind, ErrorKind::bad_format) << name;
  }
  EXPECT_THAT(numbers(), IsEmpty());
  EXPECT_TRUE(store_.add_generation({{std::string(255, 'n'), "x"}}));
}

TEST_F(Generations, OfExactlyTheMostFilesAreKeptAndOfOneMoreRefused) {
  GenerationFiles files;
  for (std::size_t i = 0; i < kGenerationFilesMax; ++i) files[std::to_string(i)] = "x";
  put_generation(store_, files);
  EXPECT_EQ(reader().read(Which::current).value().files, files);
  files["one more"] = "x";
  const auto refused = store_.add_generation(files);
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::too_large);
  folder_.write("store/generations/000001/one more", "x");
  EXPECT_EQ(reader().read(Which::current).error().kind, ErrorKind::too_large);
}

TEST_F(Generations, OfExactlyTheMostBytesAreReadAndOfOneMoreRefused) {
  put_generation(store_, {{"a", "x"}, {"b", ""}});
  // Sparse: nobody waits for the disk, and reading it is what is capped.
  fs::resize_file(folder_ / "store/generations/000001/b", kGenerationBytesMax - 1);
  EXPECT_TRUE(reader().read(Which::current));
  fs::resize_file(folder_ / "store/generations/000001/b", kGenerationBytesMax);
  EXPECT_EQ(reader().read(Which::current).error().kind, ErrorKind::too_large);
}

}  // namespace
}  // namespace noseon
